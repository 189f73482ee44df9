package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import dev.reprise.server.world.Rows;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes wrong inside, and what many callers do at once.
@Tag("store")
class FailureTest {
  @TempDir private Path data;

  @Test
  void anExecutionThatFailsIsTriedAgainAndThenTheReportGoesOn() throws Exception {
    World.prepare(data);
    drop("ISVOrder");
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String report = daily(world, ada, 1);
      String path = "/ScheduledReport/execution/" + report + "?executionStatus=";
      String id = ada.get(path + "Pending").text("ExecutionId");
      ada.advance("PT5H");
      assertThat(ada.get(path + "Running").status()).isEqualTo(404);
      Reply failed = ada.get(path + "Failed");
      assertThat(failed.text("ExecutionId")).isEqualTo(id);
      assertThat(failed.one()).containsEntry("ReportAccessSecureLink", null);
      assertThat(ada.get(path + "Pending").text("ExecutionId")).isNotEqualTo(id);
      assertThat(ada.get("/ScheduledReport?reportId=" + report).text("ReportStatus"))
          .isEqualTo("Active");
    }
  }

  @Test
  void fiveFailuresInARowPauseTheReportUntilSomebodyResumesIt() throws Exception {
    World.prepare(data);
    drop("ISVOrder");
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String report = daily(world, ada, 9);
      String path = "/ScheduledReport?reportId=" + report;
      ada.advance("P4D");
      assertThat(ada.get(path).text("ReportStatus")).isEqualTo("Active");
      ada.advance("P1D");
      assertThat(ada.get(path).text("ReportStatus")).isEqualTo("Paused");
      assertThat(ada.get(path).one().get("ModifiedTime")).isNotNull();
      String error = one(world, "select distinct error from execution where status = 'FAILED'");
      assertThat(one(world, "select pause_reason from report")).isEqualTo(error);
      assertThat(one(world, "select paused_by from report")).isEqualTo("service");
      ada.put("/ScheduledReport/resume/" + report);
      ada.advance("P1D");
      assertThat(ada.get(path).text("ReportStatus")).isEqualTo("Active");
    }
  }

  @Test
  void anAttemptIsRetriedAfterTenSeconds() throws Exception {
    World.prepare(data);
    drop("ISVOrder");
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String report = daily(world, ada, 1);
      String path = "/ScheduledReport/execution/" + report + "?executionStatus=Running;Failed";
      ada.advance("PT4H");
      assertThat(ada.get(path).text("ExecutionStatus")).isEqualTo("Running");
      ada.advance("PT6M9S");
      assertThat(ada.get(path).text("ExecutionStatus")).isEqualTo("Running");
      ada.advance("PT1S");
      assertThat(ada.get(path).text("ExecutionStatus")).isEqualTo("Failed");
    }
  }

  @Test
  void aReportThatCannotBeDecidedDoesNotKeepOthersFromRunning() {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String broken = daily(world, ada, 2);
      String sound = daily(world, ada, 2);
      world.core.store.write(
          dsl -> dsl.execute("update report set next_slot = null where id = ?", broken));
      assertThat(ada.advance("P1D").status()).isEqualTo(200);
      assertThat(ada.completed(sound)).isEqualTo(1);
      assertThat(ada.completed(broken)).isZero();
      assertThat(world.core.dispatcher.isAlive()).isTrue();
    }
  }

  @Test
  void aLongListOfExecutionsIsNeverCut() {
    try (var world =
        World.in(data, "--set", "limits.minimum-interval=PT1H", "--set", "workers=1")) {
      Api ada = world.as("ada");
      String report =
          ada.report(
              ada.query("SELECT OrderId FROM ISVOrder LIMIT 1"),
              "\"RecurrenceInterval\":4,\"StartTime\":\"%s\"".formatted(world.in(4)));
      Rows.addFailed(world.core.store, report, 2_100, world.now(), Duration.ofHours(1));
      String path =
          "/ScheduledReport/execution/"
              + report
              + "?getLatestExecution=false&executionStatus=Failed";
      Reply first = ada.get(path);
      assertThat(first.value()).hasSize(1000);
      assertThat(first.json().keySet())
          .containsExactly("Value", "NextLink", "TotalCount", "Message", "StatusCode");
      assertThat(first.json()).containsEntry("TotalCount", 2100);
      Reply second = ada.send("GET", "" + first.json().get("NextLink"), "", List.of());
      Reply third = ada.send("GET", "" + second.json().get("NextLink"), "", List.of());
      assertThat(third.value()).hasSize(100);
      assertThat(third.json()).doesNotContainKey("NextLink");
      assertThat(Stream.of(first, second, third).flatMap(part -> part.value().stream()).distinct())
          .hasSize(2100);
    }
  }

  @Test
  void theClockMovesWhileOthersMakeReportsAndNoneStartsLate() throws Exception {
    try (var world = World.in(data, "--set", "limits.execute-now=1000", "--set", "misfire=skip");
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Api ada = world.as("ada");
      String query = ada.query("SELECT OrderId FROM ISVOrder LIMIT 1");
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        calls.add(() -> ada.advance("PT3H").status());
        calls.add(() -> ada.createReport(query, "\"ExecuteNow\":true").status());
        calls.add(() -> ada.createReport(query, "\"ExecuteNow\":true").status());
      }
      for (Future<Integer> call : callers.invokeAll(calls)) {
        assertThat(call.get()).isEqualTo(200);
      }
      ada.advance("PT0S");
      assertThat(ada.get("/ScheduledReport").value())
          .hasSize(80)
          .allMatch(report -> "Inactive".equals(report.get("ReportStatus")))
          .allMatch(report -> ada.completed(String.valueOf(report.get("ReportId"))) == 1);
    }
  }

  @Test
  void pausesAndResumesAtOnceLeaveOneTruth() throws Exception {
    try (var world = World.in(data);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Api ada = world.as("ada");
      String report = daily(world, ada, 5);
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String verb = i % 2 == 0 ? "pause" : "resume";
        calls.add(() -> ada.put("/ScheduledReport/" + verb + "/" + report).status());
        if (i % 10 == 0) {
          calls.add(() -> ada.advance("P1D").status());
        }
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> call : callers.invokeAll(calls)) {
        statuses.add(call.get());
      }
      assertThat(statuses).isSubsetOf(200, 400); // 400 once all five files are there.
      ada.put("/ScheduledReport/resume/" + report);
      ada.advance("P10D");
      assertThat(ada.completed(report)).isEqualTo(5);
    }
  }

  private static String one(World world, String sql) {
    return world.core.store.read(dsl -> dsl.fetchSingle(sql).get(0, String.class));
  }

  private static String daily(World world, Api caller, int count) {
    return caller.report(
        caller.query("SELECT OrderId FROM ISVOrder"),
        "\"StartTime\":\"%s\",\"RecurrenceInterval\":24,\"RecurrenceCount\":%d"
            .formatted(world.in(4), count));
  }

  private void drop(String dataset) throws Exception {
    String url = "jdbc:duckdb:" + data.resolve("datasets.duckdb");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("DROP TABLE \"" + dataset + "\"");
    }
  }
}
