package dev.reprise.server;

import dev.reprise.server.dataset.CatalogFiles;
import dev.reprise.server.setting.Command;
import dev.reprise.server.setting.CommandReader;
import dev.reprise.server.setting.ConfigFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One start, use and stop of the service, from which the Java virtual machine learns what later
/// starts need.
final class Training {
  private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");
  private static final Pattern QUERY_ID = Pattern.compile("\"QueryId\":\"([^\"]+)\"");
  private static final Pattern REPORT_ID = Pattern.compile("\"ReportId\":\"([^\"]+)\"");
  private static final String REPORTS = "/insights/v1/cmp/ScheduledReport";

  private final HttpClient client = HttpClient.newHttpClient();
  private final String baseUrl;
  private String token = "";

  private Training(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  /// Runs in a folder that is thrown away afterwards.
  static void run(Path folder, InstantSource realClock) throws InterruptedException {
    var reader = new CommandReader(Map.of(), ConfigFiles.onDisk());
    List<String> arguments =
        List.of(
            "serve",
            "--port",
            "0",
            "--clock",
            "test",
            "--sample-rows",
            "50",
            "--data",
            "" + folder);
    if (!(reader.read(arguments) instanceof Command.Serve serve)) {
      throw new IllegalStateException("the training run cannot read " + arguments);
    }
    try (var core =
            new Core(
                serve.settings(), realClock, CatalogFiles.SHIPPED, (dataset, done, total) -> {});
        var web = new Web(serve.settings(), core, realClock)) {
      web.start();
      core.start();
      new Training(web.baseUrl()).use();
    }
  }

  private void use() throws InterruptedException {
    String form = "grant_type=client_credentials&client_id=ada&client_secret=any";
    token = first(TOKEN, call("POST", "/contoso/oauth2/token", form));
    String query =
        "{\"Name\":\"Orders\",\"Query\":\"SELECT OrderId, OfferName FROM ISVOrder"
            + " WHERE OfferType = 'SaaS' ORDER BY OrderId TIMESPAN LAST_MONTH\"}";
    String queryId = first(QUERY_ID, call("POST", "/insights/v1/cmp/ScheduledQueries", query));
    String report =
        "{\"ReportName\":\"Orders\",\"ExecuteNow\":true,\"QueryId\":\"" + queryId + "\"}";
    String reportId = first(REPORT_ID, call("POST", REPORTS, report));
    call("POST", "/reprise/v1/clock", "{\"advance\":\"PT0S\"}");
    call("PUT", REPORTS + "/pause/" + reportId, "");
    call("PUT", REPORTS + "/resume/" + reportId, "");
    call("GET", REPORTS, "");
    call("GET", REPORTS + "/execution/" + reportId, "");
  }

  private String call(String method, String path, String body) throws InterruptedException {
    String type = body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(baseUrl + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", type)
            .build();
    try {
      return client.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException("the training run calls " + path, e);
    }
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("the training run got " + text);
    }
    return matcher.group(1);
  }
}
