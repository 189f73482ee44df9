package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The list of reports, each with where it stands and how its last executions went.
@Tag("store")
class OverviewTest {
  @TempDir private Path data;

  @Test
  void aReportStandsWithItsPauseAndItsLastExecutions() {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String query = ada.query("SELECT OfferName FROM ISVOrder LIMIT 3 TIMESPAN LIFETIME");
      String report =
          ada.report(
              query,
              "\"RecurrenceInterval\":24,\"Format\":\"tsv\",\"StartTime\":\"%s\""
                  .formatted(world.in(4)));
      assertThat(row(ada, report))
          .containsEntry("program", "cmp")
          .containsEntry("name", "Daily")
          .containsEntry("user", "ada")
          .containsEntry("dataset", "ISVOrder")
          .containsEntry("format", "tsv")
          .containsEntry("interval", 24)
          .containsEntry("status", "active")
          .containsEntry("running", null)
          .containsEntry("next", "2026-01-05T10:00:00Z")
          .containsEntry("failures", 0)
          .containsEntry("pause", null)
          .containsEntry("runs", List.of());
      ada.advance("P1D");
      ada.put(
          "/ScheduledReport/pause/" + report,
          "{\"reason\":\"Month end\",\"until\":\"2026-02-01T00:00:00Z\",\"catchUp\":\"merged\"}");
      assertThat(row(ada, report))
          .containsEntry("status", "paused")
          .containsEntry("next", null)
          .containsEntry(
              "pause",
              Map.of(
                  "at", "2026-01-06T06:00:00Z",
                  "by", "ada",
                  "reason", "Month end",
                  "until", "2026-02-01T00:00:00Z",
                  "catchUp", "merged"))
          .containsEntry(
              "runs",
              List.of(
                  Map.of(
                      "slot", "2026-01-05T10:00:00Z",
                      "outcome", "completed",
                      "endedAt", "2026-01-05T10:00:00Z",
                      "millis", 0,
                      "rows", 3)));
    }
  }

  @Test
  void theTwelveNewestExecutionsAreThereOldestFirstAndTellWhatFailed() throws Exception {
    World.prepare(data);
    try (var connection =
            DriverManager.getConnection("jdbc:duckdb:" + data.resolve("datasets.duckdb"));
        var statement = connection.createStatement()) {
      statement.execute("drop table \"ISVUsage\"");
    }
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String start = "\"RecurrenceInterval\":24,\"StartTime\":\"%s\"".formatted(world.in(4));
      String orders = ada.report(ada.query("SELECT OfferName FROM ISVOrder LIMIT 3"), start);
      String usage = ada.report(ada.query("SELECT OfferName FROM ISVUsage LIMIT 3"), start);
      ada.advance("P20D");
      assertThat(runs(row(ada, orders)))
          .hasSize(12)
          .first()
          .extracting(run -> run.get("slot"))
          .isEqualTo("2026-01-13T10:00:00Z");
      Map<String, @Nullable Object> failed = row(ada, usage);
      assertThat(failed).containsEntry("status", "paused").containsEntry("failures", 5);
      assertThat(runs(failed))
          .hasSize(5)
          .allSatisfy(run ->
              assertThat(run).containsEntry("outcome", "failed").containsEntry("rows", null));
    }
  }

  @Test
  void aReportThatRunsOnceHasNoInterval() {
    World world = World.shared();
    Api ada = world.as("ada-overview");
    String report = ada.report(ada.query("SELECT OfferName FROM ISVOrder"), "\"ExecuteNow\":true");
    ada.advance("PT0S");
    assertThat(row(ada, report))
        .containsEntry("interval", null)
        .containsEntry("status", "inactive")
        .containsEntry("next", null);
  }

  @Test
  void everybodySeesTheirOwnAndAnAdministratorThoseOfTheTenant() {
    World world = World.shared();
    Api grace = world.as("grace-overview");
    String report =
        grace.report(grace.query("SELECT OfferName FROM ISVOrder"), "\"ExecuteNow\":true");
    assertThat(row(world.as("admin"), report)).containsEntry("user", "grace-overview");
    assertThat(rows(world.as("linus-overview"), "?reportId=" + report)).isEmpty();
    assertThat(rows(world.as("linus-overview"), "")).isEmpty();
    assertThat(rows(world.as("grace-overview", "fabrikam"), "")).isEmpty();
    assertThat(rows(grace, "?reportId=none")).isEmpty();
    Reply past = list(grace, "?skip=1");
    assertThat(past.json()).containsEntry("total", 1).containsEntry("reports", List.of());
  }

  private static Map<String, @Nullable Object> row(Api caller, String report) {
    List<Map<String, @Nullable Object>> found = rows(caller, "?reportId=" + report);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static List<Map<String, @Nullable Object>> rows(Api caller, String query) {
    return maps(list(caller, query).json().get("reports"));
  }

  private static Reply list(Api caller, String query) {
    return caller.send("GET", "/reprise/v1/reports" + query, "", List.of());
  }

  private static List<Map<String, @Nullable Object>> runs(Map<String, @Nullable Object> row) {
    return maps(row.get("runs"));
  }

  private static List<Map<String, @Nullable Object>> maps(@Nullable Object value) {
    List<Map<String, @Nullable Object>> maps = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object element : list) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) element).forEach((key, inner) -> map.put(String.valueOf(key), inner));
        maps.add(map);
      }
    }
    return maps;
  }
}
