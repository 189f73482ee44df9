package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Receiver;
import dev.reprise.server.world.Receiver.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What receivers are told, and what becomes of it when they do not listen.
@Tag("store")
class CallbackTest extends CallbackFixture {
  @Test
  void aPostHasTheProofOfTheExecutionAndIsSigned() throws Exception {
    String report = now(receiver.url() + "/hooks/?a=b", "POST");
    ada.advance("PT0S");
    Received request = receiver.received().getFirst();
    assertThat(request.line()).isEqualTo("POST /hooks/" + report + "?a=b HTTP/1.1");
    String execution = ada.get("/ScheduledReport/execution/" + report).text("ExecutionId");
    Map<String, @Nullable Object> proof = own(ada, "GET", "executions/" + execution, "");
    assertThat(request.body())
        .startsWith("{\"type\":\"execution.completed\",\"timestamp\":\"" + proof.get("endedAt"))
        .contains("\"executionId\":\"" + execution + "\"")
        .contains("\"reportId\":\"" + report + "\"")
        .contains("\"rows\":3,\"bytes\":" + proof.get("bytes"))
        .contains("\"sha256\":\"" + proof.get("sha256") + "\",\"complete\":true");
    assertThat(request.header("webhook-id")).isEqualTo(execution);
    assertThat(request.header("webhook-timestamp"))
        .isEqualTo(String.valueOf(World.MONDAY.getEpochSecond()));
    assertThat(request.header("content-type")).isEqualTo("application/json");
    assertThat(request.header("user-agent")).startsWith("Reprise/");
    String secret = secrets(own(admin, "GET", "callbacks/secret", "")).getFirst();
    assertThat(request.header("webhook-signature")).isEqualTo(sign(secret, request));
    assertThat(callback(report))
        .containsEntry("id", execution)
        .containsEntry("state", "delivered")
        .containsEntry("nextAttemptAt", null);
  }

  @Test
  void aGetKeepsItsQueryAndHasNoBody() throws Exception {
    String report = now(receiver.url() + "/hooks?a=b", "GET");
    ada.advance("PT0S");
    Received request = receiver.received().getFirst();
    assertThat(request.line()).isEqualTo("GET /hooks?a=b&reportId=" + report + " HTTP/1.1");
    assertThat(request.headers()).doesNotContainKeys("content-length", "content-type");
    String secret = secrets(own(admin, "GET", "callbacks/secret", "")).getFirst();
    assertThat(request.header("webhook-signature")).isEqualTo(sign(secret, request));
  }

  @Test
  void everyCompletedExecutionOfAScheduleIsTold() {
    String report =
        ada.report(
            query,
            "\"StartTime\":\"%s\",\"RecurrenceInterval\":4,\"CallbackUrl\":\"%s\""
                .formatted(world.in(4), receiver.url()));
    ada.advance("P1D");
    ada.put("/ScheduledReport/pause/" + report);
    ada.advance("P1D");
    ada.put("/ScheduledReport/resume/" + report, "{\"catchUp\":\"merged\"}");
    ada.advance("PT0S");
    assertThat(receiver.received()).hasSize(8); // Six slots, one file for six, and the next slot.
    assertThat(receiver.received())
        .filteredOn(one -> !one.body().contains("\"mergedFrom\":null"))
        .hasSize(1);
    assertThat(receiver.received().stream().map(one -> one.header("webhook-id")).distinct())
        .hasSize(8);
  }

  @Test
  void whoDoesNotAnswerWellIsCalledTenTimesWithTheSameId() {
    receiver.becomes(Receiver.status(503));
    String report = now(receiver.url(), "POST");
    ada.advance("PT0S");
    assertThat(callback(report)).containsEntry("state", "waiting");
    ada.advance("P2D");
    int meanwhile = receiver.received().size();
    assertThat(meanwhile).isBetween(7, 8);
    ada.advance("P2D");
    assertThat(receiver.received()).hasSize(10);
    assertThat(receiver.received().stream().map(one -> one.header("webhook-id")).distinct())
        .hasSize(1);
    assertThat(receiver.received().stream().map(Received::body).distinct()).hasSize(1);
    Map<String, @Nullable Object> callback = callback(report);
    assertThat(callback).containsEntry("state", "failed");
    List<Instant> at =
        list(callback, "attempts").stream()
            .map(attempt -> Instant.parse(String.valueOf(attempt.get("at"))))
            .toList();
    assertThat(Duration.between(at.get(0), at.get(1)))
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
    assertThat(Duration.between(at.getFirst(), at.getLast()))
        .isBetween(Duration.ofHours(75), Duration.ofHours(84));
    assertThat(list(callback, "attempts").getLast())
        .containsEntry("status", 503)
        .containsEntry("error", "status 503")
        .containsEntry("number", 10);
  }

  @Test
  void whoComesBackIsToldWithTheNextAttempt() {
    receiver.becomes(Receiver.says("307 X\r\nLocation: " + receiver.url() + "/elsewhere\r\n"));
    String report = now(receiver.url(), "POST");
    ada.advance("PT0S");
    assertThat(receiver.received()).hasSize(1);
    assertThat(list(callback(report), "attempts").getFirst())
        .containsEntry("error", "status 307; redirects are not followed");
    receiver.becomes(socket -> socket.setSoLinger(true, 0));
    ada.advance("PT1M");
    receiver.becomes(Receiver.status(200));
    ada.advance("PT1H");
    assertThat(receiver.received()).hasSize(3);
    assertThat(callback(report)).containsEntry("state", "delivered");
    assertThat(list(callback(report), "attempts")).hasSize(3);
  }

  @Test
  void whoAsksForPatienceGetsItUpToADay() {
    receiver.becomes(Receiver.says("429 X\r\nRetry-After: 7200\r\nContent-Length: 0\r\n"));
    String report = now(receiver.url(), "POST");
    ada.advance("PT0S");
    Instant asked = world.now().plus(Duration.ofHours(2));
    assertThat(callback(report)).containsEntry("nextAttemptAt", asked.toString());
    receiver.becomes(Receiver.says("503 X\r\nRetry-After: 999999999\r\n"));
    ada.advance("PT2H");
    assertThat(callback(report))
        .containsEntry("nextAttemptAt", asked.plus(Duration.ofDays(1)).toString());
  }

  @Test
  void whoIsGoneIsNotToldOfThatExecutionAgain() {
    receiver.becomes(Receiver.status(410));
    String report = now(receiver.url(), "POST");
    ada.advance("P5D");
    assertThat(receiver.received()).hasSize(1);
    assertThat(callback(report)).containsEntry("state", "gone");
    now(receiver.url(), "POST");
    ada.advance("PT0S");
    assertThat(receiver.received()).hasSize(2);
  }

  @Test
  void anUpdatedAddressIsWhereAttemptsGoFromThenOn() {
    receiver.becomes(Receiver.status(500));
    String report =
        ada.report(
            query,
            "\"StartTime\":\"%s\",\"RecurrenceInterval\":24,\"CallbackUrl\":\"%s\""
                .formatted(world.in(4), receiver.url()));
    ada.advance("PT4H");
    try (var other = Receiver.that(Receiver.status(200))) {
      String start = ada.get("/ScheduledReport?reportId=" + report).text("StartTime");
      ada.put(
          "/ScheduledReport/" + report,
          "{\"ReportName\":\"Daily\",\"StartTime\":\"%s\",\"CallbackUrl\":\"%s\"}"
              .formatted(start, other.url()));
      ada.advance("PT1M");
      assertThat(other.received()).hasSize(1);
      assertThat(callback(report)).containsEntry("state", "delivered");
    }
  }

  @Test
  void aReplayIsSentAgainUnderTheSameIdAndEverythingSinceATimeToo() {
    String first = now(receiver.url(), "POST");
    ada.advance("PT1H");
    Instant then = world.now();
    receiver.becomes(Receiver.status(410));
    now(receiver.url(), "POST");
    ada.advance("PT0S");
    receiver.becomes(Receiver.status(200));
    Map<String, @Nullable Object> replayed =
        own(ada, "POST", "callbacks/" + callback(first).get("id") + ":replay", "");
    assertThat(replayed).containsEntry("reportId", first);
    ada.advance("PT0S");
    List<Received> all = receiver.received();
    assertThat(all).hasSize(3);
    assertThat(all.get(2).header("webhook-id")).isEqualTo(all.get(0).header("webhook-id"));
    assertThat(list(callback(first), "attempts")).hasSize(2);
    String since = "{\"since\":\"%s\"%s}";
    assertThat(own(ada, "POST", "callbacks:replay", since.formatted(then, "")))
        .containsEntry("replayed", 1);
    ada.advance("PT0S");
    String day = World.MONDAY.toString().substring(0, 10);
    assertThat(own(ada, "POST", "callbacks:replay", since.formatted(day, ",\"state\":\"gone\"")))
        .containsEntry("replayed", 0);
    assertThat(
            own(
                ada,
                "POST",
                "callbacks:replay",
                since.formatted(day, ",\"reportId\":\"" + first + "\"")))
        .containsEntry("replayed", 1);
    assertThat(own(world.as("grace"), "POST", "callbacks:replay", since.formatted(day, "")))
        .containsEntry("replayed", 0);
    ada.advance("PT0S");
    assertThat(receiver.received()).hasSize(5);
  }

  @Test
  void aReceiverThatHangsDelaysNobodyElse() {
    try (var hanging = Receiver.that(Receiver.status(200))) {
      hanging.becomes(hanging.hangs());
      for (int i = 0; i < 5; i++) {
        now(hanging.url(), "POST");
      }
      List<String> reports = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        reports.add(now(receiver.url(), "POST"));
      }
      while (receiver.received().size() < reports.size()) {
        Thread.onSpinWait();
      }
      assertThat(hanging.received()).as("one is under way").hasSizeLessThanOrEqualTo(1);
    }
  }
}
