import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Measures the calls that are made often: pauses and resumes, each durable before its answer, and
/// reads of a report and of its executions. Ends with an error at the first answer that is not a
/// 200 or does not say what was asked for.
final class Api {
  private static final int CONNECTIONS = 64;
  private static final int CHANGES_GOAL = 6_000;
  private static final int READS_GOAL = 15_000;
  private static final int GOAL_MILLIS = 25;
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration FULL = Duration.ofSeconds(20);
  private static final Duration HALF = Duration.ofSeconds(15);
  private static final Duration STEP = Duration.ofSeconds(10);
  private static final int STEPS = 6;
  private static final String REPORTS = "/insights/v1/cmp/ScheduledReport";

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private final String token;
  private final Service service;

  private Api(int port, String token, Service service) {
    this.port = port;
    this.token = token;
    this.service = service;
  }

  /// @param arguments the port of the service, its process id, a token, and the id of a query
  public static void main(String[] arguments) throws Exception {
    var service = new Service(Long.parseLong(arguments[1]));
    var api = new Api(Integer.parseInt(arguments[0]), arguments[2], service);
    api.measure(arguments[3]);
  }

  private void measure(String query) throws IOException, InterruptedException {
    memory("memory at the start");
    List<List<Connection.Request>> changed = new ArrayList<>();
    List<List<Connection.Request>> read = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      String scheduled = scheduledReport(query);
      changed.add(changesOf(scheduled));
      read.add(readsOf(scheduled, ranReport(query)));
    }
    var changes = new Load(port, changed);
    var reads = new Load(port, read);
    changes.atFullSpeed(WARM_UP);
    full("changes", CHANGES_GOAL, changes);
    memory("memory after them");
    reads.atFullSpeed(WARM_UP);
    full("reads", READS_GOAL, reads);
    memory("memory after them");
    half("changes", CHANGES_GOAL / 2, changes);
    half("reads", READS_GOAL / 2, reads);
    memory("memory after them");
    for (int i = 1; i <= STEPS; i++) {
      (i % 2 == 0 ? reads : changes).atFullSpeed(STEP);
      memory("memory after " + i * STEP.toSeconds() + " s more of full load");
    }
    changes.close();
    reads.close();
  }

  private void full(String what, int goal, Load load) throws IOException {
    double before = service.cpuSeconds();
    Latencies latencies = load.atFullSpeed(FULL);
    double cpuMicros = 1e6 * (service.cpuSeconds() - before) / latencies.count();
    double rate = latencies.count() / (double) FULL.toSeconds();
    Lines.goal(
        what + " at full load",
        String.format(Locale.ROOT, "%,.0f/s", rate),
        String.format(Locale.ROOT, "%,d/s", goal),
        rate >= goal,
        String.format(
            Locale.ROOT, "%.0f µs of processor time each; %s", cpuMicros, latencies.words()));
  }

  private void half(String what, int perSecond, Load load) throws IOException {
    Latencies latencies = load.atRate(perSecond, HALF);
    double slow = latencies.percentileMillis(0.99);
    Lines.goal(
        String.format(Locale.ROOT, "%s at %,d/s, 99 of 100 within", what, perSecond),
        String.format(Locale.ROOT, "%.1f ms", slow),
        GOAL_MILLIS + " ms",
        slow < GOAL_MILLIS,
        latencies.words());
  }

  private void memory(String when) throws IOException {
    System.out.printf(Locale.ROOT, "  %-44s %9d MB%n", when, service.residentMegabytes());
  }

  private List<Connection.Request> changesOf(String report) {
    return List.of(
        request("PUT", "/pause/" + report, "\"Message\":\"Report paused successfully\""),
        request("PUT", "/resume/" + report, "\"Message\":\"Report resumed successfully\""));
  }

  private List<Connection.Request> readsOf(String scheduled, String ran) {
    return List.of(
        request("GET", "?reportId=" + scheduled, "\"ReportId\":\"" + scheduled + "\""),
        request("GET", "/execution/" + ran, "\"ExecutionStatus\":\"Completed\""));
  }

  private Connection.Request request(String method, String path, String expected) {
    String length = method.equals("PUT") ? "Content-Length: 0\r\n" : "";
    return Connection.Request.of(
        "%s %s%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n%s\r\n"
            .formatted(method, REPORTS, path, port, token, length),
        expected);
  }

  private String scheduledReport(String query) throws IOException, InterruptedException {
    Instant first = Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    return created(
        "{\"ReportName\":\"Changes\",\"QueryId\":\"%s\",\"StartTime\":\"%s\",\"RecurrenceInterval\":24}"
            .formatted(query, first));
  }

  /// A report that has run, so that it has an execution with a link to show.
  private String ranReport(String query) throws IOException, InterruptedException {
    String report =
        created(
            "{\"ReportName\":\"Reads\",\"QueryId\":\"%s\",\"ExecuteNow\":true}".formatted(query));
    long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!call("GET", REPORTS + "/execution/" + report, "").contains("Completed")) {
      if (System.nanoTime() > patience) {
        throw new IOException("report " + report + " did not run within 30 s");
      }
      Thread.sleep(5);
    }
    return report;
  }

  private String created(String body) throws IOException, InterruptedException {
    String answer = call("POST", REPORTS, body);
    String key = "\"ReportId\":\"";
    int id = answer.indexOf(key) + key.length();
    if (id < key.length()) {
      throw new IOException(body + " was answered with " + answer);
    }
    return answer.substring(id, answer.indexOf('"', id));
  }

  private String call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .build();
    return client.send(request, BodyHandlers.ofString()).body();
  }
}
