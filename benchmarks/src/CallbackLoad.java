import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// Callbacks to a receiver that answers at once, with others among them to one that takes
/// connections and never answers. `fill` makes them in the store of a service that does not run;
/// `receive` is both receivers, and tells how fast the first was told.
final class CallbackLoad {
  private static final int GOAL_A_MINUTE = 10_000;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private CallbackLoad() {}

  public static void main(String[] arguments) throws Exception {
    List<String> rest = List.of(arguments).subList(1, arguments.length);
    if (arguments[0].equals("fill")) {
      fill(Path.of(rest.get(0)), rest.subList(1, rest.size()));
    } else {
      receive(rest.stream().mapToInt(Integer::parseInt).toArray());
    }
  }

  /// @param copies of which report how many: id, number, id, number; those of an earlier one are due
  ///   earlier
  private static void fill(Path file, List<String> copies) throws SQLException {
    try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement plain = store.createStatement()) {
      store.setAutoCommit(false);
      plain.execute("delete from callback"); // Those that the service has sent already.
      for (int i = 0; i < copies.size(); i += 2) {
        copy(store, copies.get(i), Integer.parseInt(copies.get(i + 1)), i);
      }
      store.commit();
    }
  }

  private static void copy(Connection store, String report, int number, int turn)
      throws SQLException {
    String executions =
        """
        with recursive copy (n) as (select 1 union all select n + 1 from copy where n < ?1)
        insert into execution (id, report_id, slot, status, attempt, started_at, ended_at, window_from,
          window_to, result_key, result_rows, result_bytes, result_sha256, error)
        select lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2)
            || '-8' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
          report_id, slot - n * 1000, status, attempt, started_at, ended_at, window_from, window_to,
          result_key, result_rows, result_bytes, result_sha256, error
        from execution, copy where report_id = ?2
        """;
    String callbacks =
        """
        insert into callback (execution_id, report_id, receiver, state, created_at, due_at, ended_at,
          round, tries, attempts)
        select e.id, e.report_id, replace(rtrim(r.callback_url, '/'), 'http://', ''), 'WAITING',
          e.ended_at, e.ended_at + ?1, null, 0, 0, 0
        from execution e join report r on r.id = e.report_id where r.id = ?2 and e.slot <> r.start_at
        """;
    try (PreparedStatement insert = store.prepareStatement(executions)) {
      insert.setInt(1, number);
      insert.setString(2, report);
      insert.executeUpdate();
    }
    try (PreparedStatement insert = store.prepareStatement(callbacks)) {
      insert.setInt(1, turn);
      insert.setString(2, report);
      insert.executeUpdate();
    }
  }

  /// @param given the port of who answers, that of who does not, and how many the first expects
  private static void receive(int[] given) throws Exception {
    Map<String, Long> heard = new ConcurrentHashMap<>();
    List<Long> twice = Collections.synchronizedList(new ArrayList<>());
    HttpServer healthy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), given[0]), 200);
    healthy.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    healthy.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          long now = System.nanoTime();
          if (heard.putIfAbsent(exchange.getRequestHeaders().getFirst("webhook-id"), now) != null) {
            twice.add(now);
          }
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    healthy.start();
    List<Socket> held = Collections.synchronizedList(new ArrayList<>());
    var dead = new ServerSocket(given[1], 200, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> hold(dead, held));
    System.out.println("listening");
    long begin = System.nanoTime();
    while (heard.size() < given[2]) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new IOException("only " + heard.size() + " of " + given[2] + " came");
      }
      Thread.sleep(50);
    }
    print(heard, twice.size(), held.size());
    System.exit(0); // The dead one keeps its connections.
  }

  private static void hold(ServerSocket dead, List<Socket> held) {
    try {
      while (true) {
        held.add(dead.accept());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void print(Map<String, Long> heard, int twice, int held) {
    List<Long> at = heard.values().stream().sorted().toList();
    double seconds = (at.getLast() - at.getFirst()) / 1e9;
    long aMinute = Math.round(heard.size() * 60 / seconds);
    long longest = 0;
    for (int i = 1; i < at.size(); i++) {
      longest = Math.max(longest, at.get(i) - at.get(i - 1));
    }
    Lines.goal(
        heard.size() + " callbacks to who answers",
        String.format(Locale.ROOT, "%,d/min", aMinute),
        String.format(Locale.ROOT, "%,d/min", GOAL_A_MINUTE),
        aMinute >= GOAL_A_MINUTE,
        String.format(Locale.ROOT, "in %.1f s, %d of them twice", seconds, twice));
    Lines.goal(
        "the longest time in which it heard nothing",
        String.format(Locale.ROOT, "%d ms", longest / 1_000_000),
        "1000 ms",
        longest < 1_000_000_000L,
        held + " requests to who does not answer meanwhile");
  }
}
