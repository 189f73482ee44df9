package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Cases;
import dev.reprise.server.world.Raw;
import dev.reprise.server.world.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Thousands of requests that are nearly sound, for every call and with a good token: each is
/// answered, none as a fault of ours, and what others have kept is as it was.
class RequestFuzzTest {
  private static final int REQUESTS = 3600;
  private static final List<Integer> STATUSES =
      List.of(200, 206, 304, 400, 401, 403, 404, 405, 413, 416);
  private static final Pattern INSIDE =
      Pattern.compile("helidon|jooq|sqlite|duckdb|jackson|java\\.|Exception|dev\\.reprise");

  private static final String QUERY =
      """
      {"Name":"Orders","Description":null,"Query":"SELECT OrderId FROM ISVOrder \
      WHERE OfferType = 'SaaS' ORDER BY OrderId LIMIT 5 TIMESPAN LAST_MONTH"}\
      """;
  private static final String QUERY_FLAGS =
      "&includeSystemQueries=true&includeOnlySystemQueries=false";
  private static final String TRIAL =
      "SELECT+OrderId+FROM+ISVOrder+LIMIT+2&startTime=2025-01-01T00:00:00Z&endTime=2026-01-01";
  private static final String EXECUTION_FILTERS =
      "?executionStatus=Pending;Completed&getLatestExecution=false&executionId=";

  private static final String TOKEN = "@token";
  private static final String LENGTH = "@length";

  @TempDir private Path data;

  @Test
  void nearlySoundRequestsAreAnsweredAndHarmNothing() {
    try (var world =
        World.in(
            data,
            "--set",
            "limits.queries=100000",
            "--set",
            "limits.active-reports=100000",
            "--set",
            "limits.try-seconds=5")) {
      Api grace = world.as("grace");
      String kept =
          grace.report(
              grace.query("SELECT OrderId FROM ISVOrder"),
              "\"StartTime\":\"%s\",\"RecurrenceInterval\":24".formatted(world.in(9)));
      Reply before = grace.get("/ScheduledReport?reportId=" + kept);
      Api ada = world.as("ada");
      String[] sound = requests(world, ada);
      var accepted = new AtomicInteger();
      Cases.each(
          REQUESTS,
          cases -> {
            Raw answer = send(world, complete(changed(cases, cases.oneOf(sound)), ada));
            assertAnswered(answer);
            if (answer.head().startsWith("HTTP/1.1 200 ")) {
              accepted.incrementAndGet();
            }
          });
      assertThat(accepted.get()).as("still near enough").isGreaterThan(100);
      assertThat(grace.get("/ScheduledReport?reportId=" + kept).body()).isEqualTo(before.body());
      assertThat(grace.send("GET", "/health/ready", "", List.of()).body())
          .isEqualTo("{\"status\":\"UP\"}");
      grace.advance("PT10H");
      assertThat(grace.completed(kept)).isEqualTo(1);
    }
  }

  /// One part is changed, so that the others carry it far: the first line, the headers or the body;
  /// or all of it.
  private static String changed(Cases cases, String sound) {
    int line = sound.indexOf("\r\n");
    int body = sound.indexOf("\r\n\r\n") + 4;
    return switch (cases.below(4)) {
      case 0 -> text(cases, sound.substring(0, line)) + sound.substring(line);
      case 1 ->
          sound.substring(0, line)
              + text(cases, sound.substring(line, body))
              + sound.substring(body);
      case 2 -> sound.substring(0, body) + text(cases, sound.substring(body));
      default -> text(cases, sound);
    };
  }

  /// Characters stand for bytes.
  private static String text(Cases cases, String sound) {
    return new String(cases.changedBytes(sound), StandardCharsets.ISO_8859_1);
  }

  /// Puts in what changes would only spoil: the token, and mostly how long the body is by now.
  private static byte[] complete(String request, Api caller) {
    int body = request.indexOf("\r\n\r\n") + 4;
    return request
        .replace(TOKEN, caller.token())
        .replace(LENGTH, Integer.toString(request.length() - body))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void assertAnswered(Raw answer) {
    if (answer.head().isEmpty()) {
      return; // No line had ended, see below.
    }
    assertThat(answer.isAnswer()).as(answer.head()).isTrue();
    assertThat(answer.status()).as(answer.body()).isIn(STATUSES);
    assertThat(answer.header("MS-CorrelationId")).as(answer.head()).isPresent();
    assertThat(answer.header("Server")).isEmpty();
    if (answer.status() >= 400 && !answer.body().isEmpty()) {
      assertThat(INSIDE.matcher(answer.body()).find()).as(answer.body()).isFalse();
      boolean own = answer.header("Content-Type").orElse("").equals("application/problem+json");
      assertThat(answer.json()).containsEntry(own ? "status" : "StatusCode", answer.status());
    }
  }

  private static Raw send(World world, byte[] request) {
    try {
      Raw answer = Raw.send(world.baseUrl(), request);
      boolean lineEnded =
          new String(request, StandardCharsets.ISO_8859_1).stripLeading().contains("\r\n");
      assertThat(lineEnded && answer.head().isEmpty()).as("without an answer").isFalse();
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One sound request of each call, whole, and the service's own ones that change no time.
  private static String[] requests(World world, Api ada) {
    String query = ada.query("SELECT OrderId FROM ISVOrder LIMIT 3");
    String report =
        ada.report(query, "\"StartTime\":\"%s\",\"RecurrenceInterval\":24".formatted(world.in(30)));
    String change = change(query, world.in(40));
    List<String> calls =
        List.of(
            "GET v1/cmp/ScheduledDataset?datasetName=ISVOrder;ISVUsage",
            "POST v1/cmp/ScheduledQueries " + QUERY,
            "GET v1/cmp/ScheduledQueries?queryId=" + query + "&queryName=Test" + QUERY_FLAGS,
            "DELETE v1/cmp/ScheduledQueries/3fa85f64-5717-4562-b3fc-2c963f66afa6",
            "GET v1/cmp/ScheduledQueries/testQueryResult?exportQuery=" + TRIAL,
            "POST v1/cmp/ScheduledReport " + change,
            "GET v1.1/mpn/ScheduledReport?reportName=Daily&reportId="
                + report
                + "&queryId="
                + query,
            "PUT v1/cmp/ScheduledReport/" + report + " " + change,
            "DELETE v1/cmp/ScheduledReport/3fa85f64-5717-4562-b3fc-2c963f66afa6",
            "PUT v1/cmp/ScheduledReport/pause/" + report + " {\"reason\":\"month end\"}",
            "PUT v1/cmp/ScheduledReport/resume?reportId=" + report,
            "GET v1/cmp/ScheduledReport/execution/" + report + EXECUTION_FILTERS,
            "GET /reprise/v1/callbacks?skip=0&reportId=" + report,
            "POST /reprise/v1/callbacks/3fa85f64-5717-4562-b3fc-2c963f66afa6:replay",
            "POST /reprise/v1/callbacks:replay {\"since\":\"2026-01-05\",\"state\":\"failed\"}",
            "GET /reprise/v1/clock",
            "GET /reprise/v1/results/a.csv?name=a.csv&expires=1767600000&signature=abc");
    return calls.stream().map(RequestFuzzTest::request).toArray(String[]::new);
  }

  private static String change(String query, String start) {
    return """
    {"ReportName":"Daily","Description":"d","QueryId":"%s","StartTime":"%s",\
    "RecurrenceInterval":24,"RecurrenceCount":5,"Format":"csv","ExecuteNow":false,\
    "CallbackUrl":"https://hooks.invalid/"}\
    """
        .formatted(query, start);
  }

  /// @param call method, path and perhaps a body, with spaces between
  private static String request(String call) {
    String[] parts = call.split(" ", 3);
    String path = parts[1].startsWith("/") ? parts[1] : "/insights/" + parts[1];
    String body = parts.length < 3 ? "" : parts[2];
    String entity =
        body.isEmpty()
            ? ""
            : "Content-Type: application/json\r\nContent-Length: " + LENGTH + "\r\n";
    return "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n%sAuthorization: Bearer %s\r\n\r\n%s"
        .formatted(parts[0], path, entity, TOKEN, body);
  }
}
