package dev.reprise.server.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The service as one caller sees it over HTTP.
public final class Api {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final String baseUrl;
  private final String program;
  private final Optional<String> token;

  private Api(String baseUrl, String program, Optional<String> token) {
    this.baseUrl = baseUrl;
    this.program = program;
    this.token = token;
  }

  /// A caller with a token for a client id in the tenant `contoso`.
  public static Api as(String clientId, String baseUrl) {
    return as(clientId, "contoso", baseUrl);
  }

  public static Api as(String clientId, String tenant, String baseUrl) {
    String form = "grant_type=client_credentials&client_secret=any&client_id=" + clientId;
    Reply reply =
        anonymous(baseUrl)
            .send(
                "POST",
                "/" + tenant + "/oauth2/token",
                form,
                List.of("Content-Type", "application/x-www-form-urlencoded"));
    return new Api(
        baseUrl, "/insights/v1/cmp", Optional.of(String.valueOf(reply.json().get("access_token"))));
  }

  /// A caller without a token.
  public static Api anonymous(String baseUrl) {
    return new Api(baseUrl, "/insights/v1/cmp", Optional.empty());
  }

  /// The same caller under another base path, such as `/insights/v1.1/mpn`.
  public Api under(String path) {
    return new Api(baseUrl, path, token);
  }

  public Api withToken(Optional<String> other) {
    return new Api(baseUrl, program, other);
  }

  public String token() {
    return token.orElseThrow();
  }

  public Reply get(String path) {
    return send("GET", program + path, "", List.of());
  }

  public Reply put(String path) {
    return send("PUT", program + path, "", List.of());
  }

  public Reply put(String path, String json) {
    return send("PUT", program + path, json, List.of("Content-Type", "Application/JSON"));
  }

  public Reply post(String path, String json) {
    return send("POST", program + path, json, List.of("Content-Type", "Application/JSON"));
  }

  public Reply delete(String path) {
    return send("DELETE", program + path, "", List.of());
  }

  /// Makes a query of the given text and answers its id.
  public String query(String text) {
    return createQuery(text).text("QueryId");
  }

  public Reply createQuery(String text) {
    String json =
        "{\"Name\":\"Test\",\"Query\":\""
            + text.replace("\\", "\\\\").replace("\"", "\\\"")
            + "\"}";
    return post("/ScheduledQueries", json);
  }

  /// Makes a report of a query and answers its id.
  ///
  /// @param fields the fields of the body besides name and query, such as `"ExecuteNow":true`
  public String report(String queryId, String fields) {
    return createReport(queryId, fields).text("ReportId");
  }

  public Reply createReport(String queryId, String fields) {
    return post(
        "/ScheduledReport",
        "{\"ReportName\":\"Daily\",\"QueryId\":\"" + queryId + "\"," + fields + "}");
  }

  /// Moves the test clock and waits for all that comes due.
  public Reply advance(String duration) {
    return send(
        "POST",
        "/reprise/v1/clock",
        "{\"advance\":\"" + duration + "\"}",
        List.of("Content-Type", "application/json"));
  }

  /// How many executions of a report have completed.
  public int completed(String reportId) {
    return get("/ScheduledReport/execution/" + reportId + "?getLatestExecution=false")
        .value()
        .size();
  }

  /// Any request, with headers as name, value, name, value.
  public Reply send(String method, String path, String body, List<String> headers) {
    List<String> all = new ArrayList<>(headers);
    token.ifPresent(bearer -> all.addAll(List.of("Authorization", "Bearer " + bearer)));
    var request =
        HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : baseUrl + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!all.isEmpty()) {
      request.headers(all.toArray(String[]::new));
    }
    try {
      return Reply.of(CLIENT.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
