import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Pauses and resumes reports taken at random from all that a store has, at a fixed rate, each
/// durable before its answer. Ends with an error at the first answer that does not say so.
final class RandomChanges {
  private static final int CONNECTIONS = 64;
  private static final int CHANGES_A_SECOND = 500;
  private static final int GOAL_MILLIS = 10;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration MEASURED = Duration.ofSeconds(20);

  /// Each is paused and resumed, before any is changed a second time.
  private static final int REPORTS = 15_000;

  /// @param arguments the port of the service, its process id, an administrator's token, and the
  ///   file of the service's store
  public static void main(String[] arguments) throws Exception {
    var service = new Service(Long.parseLong(arguments[1]));
    List<String> ids = anyReports(arguments[3]);
    List<List<Connection.Request>> requests = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      List<Connection.Request> own = new ArrayList<>();
      for (int j = i; j < ids.size(); j += CONNECTIONS) {
        own.add(request(arguments, "pause", ids.get(j), "paused"));
        own.add(request(arguments, "resume", ids.get(j), "resumed"));
      }
      requests.add(own);
    }
    var load = new Load(Integer.parseInt(arguments[0]), requests);
    load.atFullSpeed(WARM_UP);
    var probe = new DiskProbe(Path.of(arguments[3]).resolveSibling("probe"));
    double before = service.cpuSeconds();
    Latencies latencies = load.atRate(CHANGES_A_SECOND, MEASURED);
    double cpuMicros = 1e6 * (service.cpuSeconds() - before) / latencies.count();
    Latencies forces = probe.end();
    load.close();
    double slow = latencies.percentileMillis(0.99);
    Lines.goal(
        "changes of any at " + CHANGES_A_SECOND + "/s, 99 of 100 within",
        String.format(Locale.ROOT, "%.1f ms", slow),
        GOAL_MILLIS + " ms",
        slow < GOAL_MILLIS,
        String.format(
            Locale.ROOT, "%s; %.0f µs of processor time each", latencies.words(), cpuMicros));
    Lines.aside(
        "the disk meanwhile: 4 KiB of another file",
        String.format(Locale.ROOT, "%.1f ms", forces.percentileMillis(0.99)),
        forces.words());
  }

  private static List<String> anyReports(String store) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("select id from report order by random() limit " + REPORTS)) {
      while (result.next()) {
        ids.add(result.getString(1));
      }
    }
    return ids;
  }

  private static Connection.Request request(
      String[] arguments, String verb, String report, String done) {
    return Connection.Request.of(
        """
        PUT /insights/v1/cmp/ScheduledReport/%s/%s HTTP/1.1\r
        Host: 127.0.0.1:%s\r
        Authorization: Bearer %s\r
        Content-Length: 0\r
        \r
        """
            .formatted(verb, report, arguments[0], arguments[2]),
        "\"Message\":\"Report " + done + " successfully\"");
  }
}
