package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the history of a report says.
@Tag("store")
class HistoryTest {
  private final World world = World.shared();
  private final Api ada = world.as("ada-history");

  static Reply history(Api caller, String report) {
    return caller.send("GET", "/reprise/v1/reports/" + report + "/history", "", List.of());
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, @Nullable Object>> events(Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return (List<Map<String, @Nullable Object>>) Objects.requireNonNull(reply.json().get("events"));
  }

  private static List<String> whats(Reply reply) {
    return events(reply).stream().map(event -> String.valueOf(event.get("what"))).toList();
  }

  private static Map<?, ?> state(Map<String, @Nullable Object> event, String when) {
    return (Map<?, ?>) Objects.requireNonNull(event.get(when));
  }

  private String daily(Api caller, int count) {
    return caller.report(
        caller.query("SELECT OrderId FROM ISVOrder"),
        "\"StartTime\":\"%s\",\"RecurrenceInterval\":24,\"RecurrenceCount\":%d"
            .formatted(world.in(4), count));
  }

  @Test
  void whatCallersDoIsKeptWithWhoWhenAndWhy() {
    String report = daily(ada, 2);
    String path = "/ScheduledReport/";
    ada.put(path + "pause/" + report, "{\"reason\":\"month end\"}");
    world.as("admin").put(path + "resume/" + report, "{\"reason\":\"all is booked\"}");
    ada.put(
        path + report, "{\"ReportName\":\"Other\",\"StartTime\":\"%s\"}".formatted(world.in(5)));
    List<Map<String, @Nullable Object>> events = events(history(ada, report));
    assertThat(whats(history(ada, report))).containsExactly("create", "pause", "resume", "update");
    assertThat(events.get(0)).containsEntry("sequence", 1).containsEntry("before", null);
    assertThat(events.get(1))
        .containsEntry("at", world.now().toString())
        .containsEntry("who", "ada-history")
        .containsEntry("reason", "month end");
    assertThat(state(events.get(1), "before").get("status")).isEqualTo("Active");
    assertThat(state(events.get(1), "after").get("status")).isEqualTo("Paused");
    assertThat(events.get(2))
        .containsEntry("who", "admin")
        .containsEntry("reason", "all is booked");
    assertThat(state(events.get(3), "before").get("reportName")).isEqualTo("Daily");
    assertThat(state(events.get(3), "after").get("reportName")).isEqualTo("Other");
    assertThat("" + events.get(0).get("client")).startsWith("Java-http-client/");
  }

  @Test
  void whatChangesNothingIsNotKept() {
    String report = daily(ada, 2);
    ada.put("/ScheduledReport/resume/" + report);
    ada.put("/ScheduledReport/pause/" + report);
    ada.put("/ScheduledReport/pause/" + report, "{\"reason\":\"again\"}");
    ada.put("/ScheduledReport/" + report, "{\"ReportName\":\"x;y\"}");
    assertThat(whats(history(ada, report))).containsExactly("create", "pause");
  }

  @Test
  void theClientIsKeptShortened() {
    String report = daily(ada, 2);
    ada.send(
        "PUT",
        "/insights/v1/cmp/ScheduledReport/pause/" + report,
        "",
        List.of("User-Agent", "x".repeat(300)));
    assertThat(events(history(ada, report)).getLast()).containsEntry("client", "x".repeat(100));
  }

  @Test
  void theEndIsKept() {
    String report = daily(ada, 1);
    ada.advance("P1D");
    Map<String, @Nullable Object> end = events(history(ada, report)).getLast();
    assertThat(end)
        .containsEntry("what", "end")
        .containsEntry("who", "service")
        .containsEntry("client", null)
        .containsEntry("reason", "all 1 reports have been generated");
    assertThat(state(end, "after").get("status")).isEqualTo("Inactive");
  }

  @Test
  void theHistoryOutlivesTheReportForThoseWhoCouldSeeIt() {
    String report = daily(ada, 2);
    ada.delete("/ScheduledReport/" + report);
    Reply seen = history(ada, report);
    assertThat(whats(seen)).containsExactly("create", "delete");
    assertThat(events(seen).getLast()).containsEntry("after", null);
    assertThat(state(events(seen).getLast(), "before").get("reportName")).isEqualTo("Daily");
    assertThat(history(world.as("admin"), report).body()).isEqualTo(seen.body());
    for (Api other :
        List.of(
            world.as("grace"),
            world.as("ada-history", "fabrikam"),
            world.as("admin", "fabrikam"))) {
      Reply unseen = history(other, report);
      assertThat(unseen.status()).isEqualTo(404);
      assertThat(unseen.json()).containsEntry("code", "ITEM_NOT_FOUND");
    }
    assertThat(history(ada, "no-such-id").status()).isEqualTo(404);
  }

  @Test
  void eachEventCarriesTheHashOfItselfAndTheOneBefore() throws Exception {
    String report = daily(ada, 2);
    ada.put("/ScheduledReport/pause/" + report, "{\"reason\":\"\\u00fc \\\"quoted\\\"\"}");
    String body = history(ada, report).body();
    var events = events(history(ada, report));
    assertThat(events.get(0)).containsEntry("previousHash", "0".repeat(64));
    assertThat(events.get(1)).containsEntry("previousHash", events.get(0).get("hash"));
    // By hand, from what the answer shows.
    String second =
        body.substring(
            body.indexOf("{\"sequence\":2"),
            body.indexOf(",\"previousHash\"", body.indexOf("{\"sequence\":2")));
    String canonical =
        events.get(0).get("hash")
            + "{\"reportId\":\"%s\",\"program\":\"cmp\",\"tenant\":\"contoso\",\"user\":\"%s\","
                .formatted(report, "ada-history")
            + second.substring(1)
            + "}";
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
    assertThat(events.get(1)).containsEntry("hash", HexFormat.of().formatHex(hash));
  }

  @Test
  void aLongHistoryComesInParts(@TempDir Path data) {
    try (var own = World.in(data)) {
      Api caller = own.as("ada");
      String report =
          caller.report(
              caller.query("SELECT OrderId FROM ISVOrder"),
              "\"StartTime\":\"%s\",\"RecurrenceInterval\":24".formatted(own.in(4)));
      for (int i = 0; i < 60; i++) {
        caller.put("/ScheduledReport/pause/" + report);
        caller.put("/ScheduledReport/resume/" + report);
      }
      Reply first = history(caller, report);
      assertThat(events(first)).hasSize(100);
      Reply second = caller.send("GET", "" + first.json().get("nextLink"), "", List.of());
      assertThat(events(second)).hasSize(21);
      assertThat(events(second).getFirst()).containsEntry("sequence", 101);
      assertThat(second.json()).doesNotContainKey("nextLink");
    }
  }
}
