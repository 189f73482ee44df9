import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// A user of the service who wants files at once.
final class Reports {
  private static final String BASE = "/insights/v1/cmp";

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private final String token;

  Reports(int port, String token) {
    this.port = port;
    this.token = token;
  }

  String saveQuery(String text) throws IOException, InterruptedException {
    String body = "{\"Name\":\"Export\",\"Query\":\"" + text + "\"}";
    return text("QueryId", ok("POST", BASE + "/ScheduledQueries", body));
  }

  /// Has a report executed now.
  ///
  /// @return its id
  String execute(String query) throws IOException, InterruptedException {
    String body = "{\"ReportName\":\"Export\",\"ExecuteNow\":true,\"QueryId\":\"" + query + "\"}";
    return text("ReportId", ok("POST", BASE + "/ScheduledReport", body));
  }

  /// The newest completed execution of a report, whose file can be downloaded.
  ///
  /// @return the answer that has its link
  String completed(String report) throws IOException, InterruptedException {
    return ok("GET", BASE + "/ScheduledReport/execution/" + report, "");
  }

  /// What is recorded of an execution.
  String proof(String execution) throws IOException, InterruptedException {
    String id = text("ExecutionId", execution);
    return ok("GET", "/reprise/v1/executions/" + id, "");
  }

  /// Removes a report and its file.
  void delete(String report) throws IOException, InterruptedException {
    ok("DELETE", BASE + "/ScheduledReport/" + report, "");
  }

  private String ok(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(method, path, body);
    if (answer.statusCode() != 200) {
      throw new IOException(method + " " + path + " " + body + ": " + answer.body());
    }
    return answer.body();
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static String text(String field, String json) throws IOException {
    String key = "\"" + field + "\":\"";
    int start = json.indexOf(key) + key.length();
    if (start < key.length()) {
      throw new IOException("no " + field + " in " + json);
    }
    return json.substring(start, json.indexOf('"', start));
  }
}
