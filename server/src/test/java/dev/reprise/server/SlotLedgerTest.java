package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import dev.reprise.server.world.Rows;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the slot ledger of a report says.
@Tag("store")
class SlotLedgerTest {
  private final World world = World.shared();
  private final Api ada = world.as("ada-slots");

  private static Reply slots(Api caller, String report, String query) {
    return caller.send("GET", "/reprise/v1/reports/" + report + "/slots" + query, "", List.of());
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, @Nullable Object>> rows(Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return (List<Map<String, @Nullable Object>>) Objects.requireNonNull(reply.json().get("slots"));
  }

  /// Each row as `outcome reason count first`, the first in hours after an instant.
  private static List<String> words(Reply reply, Instant start) {
    return rows(reply).stream()
        .map(row -> {
          long hours =
              java.time.Duration.between(start, Instant.parse("" + row.get("first"))).toHours();
          return "%s %s %s +%d"
              .formatted(row.get("outcome"), row.get("reason"), row.get("count"), hours);
        })
        .toList();
  }

  /// Every four hours from four hours on.
  private static String report(World world, Api caller) {
    return caller.report(
        caller.query("SELECT OrderId FROM ISVOrder"),
        "\"StartTime\":\"%s\",\"RecurrenceInterval\":4".formatted(world.in(4)));
  }

  @Test
  void everySlotUntilNowHasOneOutcome() {
    Instant start = world.now().plusSeconds(4 * 3600);
    String report = report(world, ada);
    assertThat(rows(slots(ada, report, ""))).isEmpty();
    ada.advance("PT8H");
    ada.put("/ScheduledReport/pause/" + report);
    ada.advance("P365D");
    assertThat(words(slots(ada, report, ""), start))
        .containsExactly("completed null 1 +0", "completed null 1 +4", "pending null 2190 +8");
    ada.put("/ScheduledReport/resume/" + report);
    ada.advance("PT4H");
    Reply all = slots(ada, report, "");
    assertThat(words(all, start))
        .containsExactly(
            "completed null 1 +0",
            "completed null 1 +4",
            "skipped paused 2189 +8",
            "completed null 1 +8764",
            "completed null 1 +8768");
    assertThat(rows(all).get(4).get("executionId"))
        .isEqualTo(
            ada.get("/ScheduledReport/execution/" + report + "?getLatestExecution=false")
                .value()
                .getFirst()
                .get("ExecutionId"));
    assertThat(rows(all).get(2)).containsEntry("executionId", null);
  }

  @Test
  void aSpanHasTheSlotsInItAndNoOthers() {
    Instant start = world.now().plusSeconds(4 * 3600);
    String report = report(world, ada);
    ada.put("/ScheduledReport/pause/" + report);
    ada.advance("P2D");
    ada.put("/ScheduledReport/resume/" + report);
    ada.advance("PT4H");
    String from = "?from=" + start.plusSeconds(8 * 3600);
    assertThat(words(slots(ada, report, from + "&to=" + start.plusSeconds(16 * 3600)), start))
        .containsExactly("skipped paused 3 +8");
    assertThat(words(slots(ada, report, "?to=" + start.plusSeconds(3600)), start))
        .containsExactly("skipped paused 1 +0");
    assertThat(slots(ada, report, from + "&to=" + start).status()).isEqualTo(400);
    assertThat(slots(ada, report, "?from=today").status()).isEqualTo(400);
  }

  @Test
  void aReportOfAnotherIsNotThere() {
    String report = report(world, ada);
    assertThat(slots(world.as("admin"), report, "").status()).isEqualTo(200);
    for (Api other : List.of(world.as("grace"), world.as("admin", "fabrikam"))) {
      assertThat(slots(other, report, "").status()).isEqualTo(404);
    }
    ada.delete("/ScheduledReport/" + report);
    assertThat(slots(ada, report, "").json()).containsEntry("code", "ITEM_NOT_FOUND");
  }

  @Test
  void failedAndRunningSlotsAreThere(@TempDir Path data) throws Exception {
    World.prepare(data);
    try (var connection =
            DriverManager.getConnection("jdbc:duckdb:" + data.resolve("datasets.duckdb"));
        var statement = connection.createStatement()) {
      statement.execute("drop table \"ISVOrder\"");
    }
    try (var own = World.in(data)) {
      Api caller = own.as("ada");
      Instant start = own.now().plusSeconds(4 * 3600);
      String report = report(own, caller);
      caller.advance("PT4H");
      assertThat(words(slots(caller, report, ""), start)).containsExactly("running null 1 +0");
      caller.advance("PT1H");
      Map<String, @Nullable Object> failed = rows(slots(caller, report, "")).getFirst();
      assertThat(failed).containsEntry("outcome", "failed");
      assertThat("" + failed.get("reason")).isNotEqualTo("null").isNotEmpty();
    }
  }

  @Test
  void aLongLedgerComesInPartsWithoutGaps(@TempDir Path data) {
    try (var own = World.in(data)) {
      Api caller = own.as("ada");
      String report = report(own, caller);
      Rows.addFailed(own.core.store, report, 1_300, own.now(), Duration.ofHours(8));
      Rows.addSkipped(own.core.store, report, 1_300, own.now(), Duration.ofHours(8));
      Reply first = slots(caller, report, "?to=2026-02-01");
      Reply second = caller.send("GET", "" + first.json().get("nextLink"), "", List.of());
      Reply third = caller.send("GET", "" + second.json().get("nextLink"), "", List.of());
      assertThat(rows(first)).hasSize(1000);
      assertThat(rows(second)).hasSize(1000);
      assertThat(rows(third)).hasSize(600);
      assertThat(third.json()).doesNotContainKey("nextLink");
      assertThat(rows(second).getFirst()).isNotEqualTo(rows(first).getLast());
    }
  }
}
