package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The wire as the live service speaks it: each row of the table of the two profiles.
class LiveProfileTest {
  @TempDir private Path data;

  @Test
  void theLiveProfileSpeaksAsTheLiveServiceDoes() throws Exception {
    try (var world = World.in(data, "--profile", "live")) {
      Api ada = world.as("ada");
      Reply query = ada.createQuery("SELECT OrderId, OfferName FROM ISVOrder TIMESPAN LIFETIME");
      assertThat(query.json().keySet())
          .containsExactly(
              "value", "nextLink", "totalCount", "message", "statusCode", "dataRedacted");
      assertThat(query.json()).containsEntry("nextLink", null).containsEntry("dataRedacted", false);
      String queryId = field(query, "queryId");

      String spaced = world.in(5).replace('T', ' ');
      Reply created =
          ada.createReport(
              queryId, "\"RecurrenceInterval\":24,\"StartTime\":\"%s\"".formatted(spaced));
      assertThat(created.status()).isEqualTo(200);
      assertThat(field(created, "startTime")).isEqualTo(world.in(5));
      String executions = "/ScheduledReport/execution/" + field(created, "reportId");
      assertThat(field(ada.get(executions), "executionStatus")).isEqualTo("Pending");
      assertThat(ada.get(executions + "?executionStatus=Completed").status()).isEqualTo(404);

      Reply updated =
          ada.put(
              "/ScheduledReport/" + field(created, "reportId"),
              "{\"ReportName\":\"Daily\",\"StartTime\":\"%s\"}".formatted(spaced));
      assertThat(updated.status()).isEqualTo(200);
      assertThat(field(updated, "modifiedTime")).isEqualTo("null");
      checkRefusals(ada);

      ada.advance("P1D");
      Reply completed = ada.get(executions);
      assertThat(field(completed, "executionStatus")).isEqualTo("Completed");
      assertThat(field(completed, "reportLocation"))
          .isEqualTo(field(completed, "executionId") + ".csv");
      checkDownload(field(completed, "reportAccessSecureLink"));

      Reply trial = ada.get("/ScheduledQueries/testQueryResult?queryId=" + queryId);
      assertThat(rows(trial).getFirst().keySet()).containsExactly("OrderId", "OfferName");
      Reply refused = ada.get("/ScheduledReport?reportId=none");
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.json()).containsEntry("statusCode", 404).containsEntry("totalCount", 0);
    }
  }

  private static void checkRefusals(Api ada) {
    List<Reply> refusals =
        List.of(
            ada.get("/Nothing"),
            ada.delete("/ScheduledReport"),
            ada.post("/ScheduledReport", "{}"),
            ada.withToken(Optional.empty()).get("/ScheduledReport"));
    for (Reply refusal : refusals) {
      assertThat(refusal.json())
          .containsOnlyKeys(
              "value", "nextLink", "totalCount", "message", "statusCode", "dataRedacted")
          .containsEntry("statusCode", refusal.status())
          .containsEntry("dataRedacted", false);
    }
    assertThat(refusals).extracting(Reply::status).containsExactly(404, 405, 400, 401);
  }

  private static void checkDownload(String link) throws IOException, InterruptedException {
    HttpRequest plain = HttpRequest.newBuilder(URI.create(link)).build();
    HttpRequest identity =
        HttpRequest.newBuilder(URI.create(link)).header("Accept-Encoding", "identity").build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> packed = client.send(plain, BodyHandlers.ofByteArray());
      assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
      HttpResponse<String> whole = client.send(identity, BodyHandlers.ofString());
      assertThat(whole.headers().firstValue("Content-Encoding")).isEmpty();
      try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(whole.body());
      }
    }
  }

  private static String field(Reply reply, String name) {
    return String.valueOf(rows(reply).getFirst().get(name));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> rows(Reply reply) {
    Object value = reply.json().get("value");
    return value == null ? List.of() : (List<Map<String, Object>>) value;
  }
}
