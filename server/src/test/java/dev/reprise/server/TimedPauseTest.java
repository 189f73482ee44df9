package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pauses that the service ends or begins by itself.
@Tag("store")
class TimedPauseTest {
  @TempDir private Path data;

  private static String report(World world, Api caller) {
    return caller.report(
        caller.query("SELECT OrderId FROM ISVOrder LIMIT 1"),
        "\"StartTime\":\"%s\",\"RecurrenceInterval\":4".formatted(world.in(4)));
  }

  private static String status(Api caller, String report) {
    return caller.get("/ScheduledReport?reportId=" + report).text("ReportStatus");
  }

  @Test
  void aPauseEndsByItselfAndASlotAtThatTimeRuns() {
    World world = World.shared();
    Api ada = world.as("ada-until");
    String report = report(world, ada);
    String until = world.in(12);
    ada.put("/ScheduledReport/pause/" + report, "{\"Until\":\"" + until + "\"}");
    ada.advance("PT11H59M59S");
    assertThat(status(ada, report)).isEqualTo("Paused");
    ada.advance("PT1S");
    Reply resumed = ada.get("/ScheduledReport?reportId=" + report);
    assertThat(resumed.text("ReportStatus")).isEqualTo("Active");
    assertThat(resumed.text("ModifiedTime")).isEqualTo(until);
    assertThat(ada.completed(report)).isEqualTo(1);
    ada.advance("P1D");
    assertThat(ada.completed(report)).isEqualTo(7);
  }

  @Test
  void aPauseThatEndsByItselfCatchesUpAsItWasAsked() {
    World world = World.shared();
    Api ada = world.as("ada-until-all");
    String report = report(world, ada);
    ada.put(
        "/ScheduledReport/pause/"
            + report
            + "?catchUp=ALL&until="
            + world.in(13).replace(":", "%3A"));
    ada.advance("P1D");
    assertThat(ada.completed(report)).isEqualTo(6);
  }

  @Test
  void aRepeatedPauseKeepsTheTimeOfTheFirst() {
    World world = World.shared();
    Api ada = world.as("ada-until-twice");
    String report = report(world, ada);
    String path = "/ScheduledReport/pause/" + report + "?until=";
    ada.put(path + world.in(2));
    assertThat(ada.put(path + world.in(200)).message()).isEqualTo("Report is already paused");
    ada.advance("PT2H");
    assertThat(status(ada, report)).isEqualTo("Active");
  }

  @Test
  void aPauseThatEndedWhileTheServiceWasDownEndedAtItsTime() {
    String report;
    Instant monday;
    try (var world = World.in(data)) {
      monday = world.now();
      Api ada = world.as("ada");
      report = report(world, ada);
      ada.put("/ScheduledReport/pause/" + report + "?catchUp=merged&until=" + world.in(13));
      ada.advance("PT9H");
      Instant later = monday.plus(Duration.ofHours(31));
      world.core.store.write(
          dsl -> dsl.execute("update test_clock set stands_at = ?", later.toEpochMilli()));
    }
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      ada.advance("PT0S");
      assertThat(status(ada, report)).isEqualTo("Active");
      // Of what was missed in the pause one file; what came due behind it is behind an execution.
      assertThat(skipped(world, report)).containsExactly("MERGED 2 from 4", "OVERLAP 3 from 16");
      assertThat(ada.completed(report)).isEqualTo(2);
    }
  }

  private static List<String> skipped(World world, String report) {
    return world.core.store.read(dsl ->
        dsl.fetch(
                "select reason || ' ' || slots || ' from ' || ((first_slot - ?) / 3600000)"
                    + " from skipped where report_id = ? order by first_slot",
                World.MONDAY.toEpochMilli(),
                report)
            .getValues(0, String.class));
  }

  @Test
  void aPauseBeyondTheEndIsRefused() {
    World world = World.shared();
    Api ada = world.as("ada-until-end").under("/insights/v1.1/cmp");
    String report =
        ada.report(
            ada.query("SELECT OrderId FROM ISVOrder LIMIT 1"),
            "\"StartTime\":\"%s\",\"EndTime\":\"%s\",\"RecurrenceInterval\":4,\"RecurrenceCount\":9"
                .formatted(world.in(4), world.in(20)));
    Reply refused = ada.put("/ScheduledReport/pause/" + report + "?until=" + world.in(21));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.message())
        .startsWith("A pause can only last until a later time, and not beyond EndTime");
    assertThat(status(ada, report)).isEqualTo("Active");
  }

  @Test
  void aPauseGoesOnWhenItsOwnerHasTooManyActiveReports() {
    try (var world = World.in(data, "--set", "limits.active-reports=2")) {
      Api ada = world.as("ada");
      String report = report(world, ada);
      ada.put("/ScheduledReport/pause/" + report + "?until=" + world.in(6));
      String one = report(world, ada);
      String other = report(world, ada);
      assertThat(ada.put("/ScheduledReport/resume/" + report + "?dryRun=true").status())
          .isEqualTo(400);
      ada.advance("PT7H");
      assertThat(status(ada, report)).isEqualTo("Paused");
      assertThat(ada.completed(report)).isZero();
      assertThat(ada.completed(one) + ada.completed(other)).isEqualTo(2);
      ada.delete("/ScheduledReport/" + one);
      ada.advance("PT7H");
      assertThat(status(ada, report)).isEqualTo("Paused");
      assertThat(ada.put("/ScheduledReport/resume/" + report).status()).isEqualTo(200);
      ada.advance("PT2H");
      assertThat(ada.completed(report)).isEqualTo(1);
    }
  }

  @Test
  void fiveSlotsThatFailInARowPauseTheReport() throws Exception {
    World.prepare(data);
    String url = "jdbc:duckdb:" + data.resolve("datasets.duckdb");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("DROP TABLE \"ISVOrder\"");
    }
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String report = report(world, ada);
      ada.advance("PT20H6M");
      assertThat(status(ada, report)).isEqualTo("Active");
      ada.advance("PT1M");
      assertThat(status(ada, report)).isEqualTo("Paused");
      String failed = "/ScheduledReport/execution/" + report + "?executionStatus=Failed";
      assertThat(ada.get(failed + "&getLatestExecution=false").value()).hasSize(5);
      Reply many =
          ada.send(
              "POST",
              "/reprise/v1/reports:pause",
              "{\"filter\":{}}",
              List.of("Content-Type", "application/json"));
      assertThat(many.body())
          .contains("already paused")
          .contains(" by service: ")
          .doesNotContain("ISVOrder")
          .doesNotContain("Exception");
      ada.advance("P2D");
      assertThat(ada.get(failed + "&getLatestExecution=false").value()).hasSize(5);
      ada.put("/ScheduledReport/resume/" + report);
      ada.advance("PT16H");
      assertThat(status(ada, report)).isEqualTo("Active");
    }
  }
}
