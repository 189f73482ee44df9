import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Many reports of many users, due at the same instant: waits until a service has run them all, and
/// tells from its executions when each was started, whether all were run and none twice, and
/// whether users took turns.
final class Burst {
  private static final int GOAL_SECONDS = 60;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /// The start of an execution.
  private record Start(String owner, Instant at) {}

  private final java.sql.Connection store;
  private final Instant slot;
  private final int reports;

  private Burst(java.sql.Connection store, Instant slot, int reports) {
    this.store = store;
    this.slot = slot;
    this.reports = reports;
  }

  /// @param arguments the data folder of the service, its log, its process id, the instant, and how
  ///   many reports are due at it
  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    try (var store = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("reprise.db"))) {
      var burst = new Burst(store, Instant.parse(arguments[3]), Integer.parseInt(arguments[4]));
      burst.measure(new Service(Long.parseLong(arguments[2])));
      burst.checkOnce(data.resolve("results"), Path.of(arguments[1]));
      burst.printTurns();
    }
  }

  private void measure(Service service) throws Exception {
    Thread.sleep(Math.max(0, Duration.between(Instant.now(), slot).toMillis()));
    double cpu = service.cpuSeconds();
    while (number("select count(*) from execution where slot = ?1 and ended_at is not null")
        < reports) {
      if (Instant.now().isAfter(slot.plus(PATIENCE))) {
        throw new IOException("not all had run " + PATIENCE + " after they were due");
      }
      Thread.sleep(500);
    }
    cpu = service.cpuSeconds() - cpu;
    double started = seconds("select max(started_at) from execution where slot = ?1");
    double ended = seconds("select max(ended_at) from execution where slot = ?1");
    Lines.goal(
        "%,d due at once, all started within".formatted(reports),
        String.format(Locale.ROOT, "%.1f s", started),
        GOAL_SECONDS + " s",
        started <= GOAL_SECONDS,
        String.format(
            Locale.ROOT,
            "%.0f/s, each a query and a durable file; %.1f ms of processor time each",
            reports / ended,
            1000 * cpu / reports));
    Lines.aside("all completed within", String.format(Locale.ROOT, "%.1f s", ended), "");
  }

  /// Whether each report ran once, by three witnesses: the executions, the log and the files.
  private void checkOnce(Path results, Path log) throws IOException, SQLException {
    long completed =
        number(
            "select count(distinct report_id) from execution"
                + " where slot = ?1 and status = 'COMPLETED' and attempt = 1");
    long all = number("select count(*) from execution where slot = ?1");
    long files;
    try (Stream<Path> found = Files.walk(results)) {
      files = found.filter(Files::isRegularFile).count();
    }
    List<String> told;
    try (Stream<String> lines = Files.lines(log)) {
      told =
          lines
              .filter(line -> line.contains(" completed: "))
              .map(line -> line.replaceAll(".*Execution ([-0-9a-f]+) of .*", "$1"))
              .toList();
    }
    long once = told.stream().distinct().count();
    long twice = all - completed + told.size() - once;
    Lines.goal(
        "started twice",
        Long.toString(twice),
        "0",
        twice == 0 && completed == reports && files == reports && once == reports,
        "%,d completed at their first attempt, %,d files, %,d in the log"
            .formatted(completed, files, once));
  }

  /// How long those waited who have few reports. If users take turns, one with k reports has them
  /// all started when every user had k turns or no report left.
  private void printTurns() throws SQLException {
    List<Start> starts = starts();
    Map<String, Integer> held = new HashMap<>();
    starts.forEach(start -> held.merge(start.owner(), 1, Integer::sum));
    Map<Integer, Integer> worst = new TreeMap<>();
    Map<Integer, Instant> latest = new HashMap<>();
    int place = 0;
    for (int i = 0; i < starts.size(); i++) {
      Start start = starts.get(i);
      if (i == 0 || start.at().isAfter(starts.get(i - 1).at())) {
        place = i + 1; // Those of the same millisecond share theirs.
      }
      int own = held.get(start.owner());
      worst.merge(own, place, Math::max);
      latest.put(own, start.at());
    }
    worst.forEach((own, last) -> {
      long users = held.values().stream().filter(own::equals).count();
      int fair = held.values().stream().mapToInt(reports -> Math.min(own, reports)).sum();
      String note =
          String.format(
              Locale.ROOT,
              "of %,d; by %.1f s",
              starts.size(),
              Duration.between(slot, latest.get(own)).toMillis() / 1e3);
      String what = "%,d of %,d reports each: last start".formatted(users, own);
      Lines.goal(what, "no. " + last, "no. " + fair, last <= fair, note);
    });
  }

  private List<Start> starts() throws SQLException {
    List<Start> starts = new ArrayList<>();
    try (PreparedStatement select =
        store.prepareStatement(
            "select owner, started_at from execution join report on report.id = report_id"
                + " where slot = ?1")) {
      select.setLong(1, slot.toEpochMilli());
      ResultSet result = select.executeQuery();
      while (result.next()) {
        starts.add(new Start(result.getString(1), Instant.ofEpochMilli(result.getLong(2))));
      }
    }
    starts.sort(Comparator.comparing(Start::at));
    return starts;
  }

  private double seconds(String query) throws SQLException {
    return (number(query) - slot.toEpochMilli()) / 1e3;
  }

  private long number(String query) throws SQLException {
    try (PreparedStatement select = store.prepareStatement(query)) {
      select.setLong(1, slot.toEpochMilli());
      return select.executeQuery().getLong(1);
    }
  }
}
