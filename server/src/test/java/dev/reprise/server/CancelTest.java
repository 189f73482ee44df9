package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import dev.reprise.server.world.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pause that stops the execution under way.
@Tag("store")
class CancelTest {
  @TempDir private Path data;

  @Test
  void theQueryStopsAndItsFileIsGoneAndItsPlaceIsGivenBack() throws Exception {
    World.prepare(data);
    Slow.down(data, "ISVOrder");
    try (var world = World.in(data);
        ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      Api ada = world.as("ada");
      String report = report(world, ada, 1);
      String executions = "/ScheduledReport/execution/" + report + "?executionStatus=";
      Future<Reply> moving = others.submit(() -> ada.advance("PT4H"));
      while (ada.get(executions + "Running").status() != 200) {
        Thread.onSpinWait();
      }
      Reply paused = ada.put("/ScheduledReport/pause/" + report + "?mode=CANCEL");
      assertThat(paused.message()).isEqualTo("Report paused successfully");
      assertThat(ada.get(executions + "Running;Failed;Completed").status()).isEqualTo(404);
      assertThat(moving.get().status()).isEqualTo(200); // It waits for what runs.
      assertThat(files("temp/staging")).isEmpty();
      assertThat(files("results")).isEmpty();
      assertThat(ada.get(executions + "Paused").status()).isEqualTo(200);
      assertThat(skipped(world, report)).containsExactly("CANCELLED 1");
      Reply plan = ada.put("/ScheduledReport/resume/" + report + "?dryRun=true");
      assertThat(plan.one()).containsEntry("RemainingRecurrenceCount", 1);
    }
  }

  @Test
  void itGoesOnWhenItIsResumed() throws Exception {
    World.prepare(data);
    Slow.down(data, "ISVOrder");
    try (var world = World.in(data);
        ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      Api ada = world.as("ada");
      String report = report(world, ada, 2);
      Future<Reply> moving = others.submit(() -> ada.advance("PT4H"));
      awaitRunning(ada, report);
      ada.put("/ScheduledReport/pause/" + report + "?mode=cancel");
      moving.get();
      String quick = ada.query("SELECT OfferName FROM ISVMarketplaceInsights LIMIT 1");
      String start = ada.get("/ScheduledReport?reportId=" + report).text("StartTime");
      Reply updated =
          ada.put(
              "/ScheduledReport/" + report,
              "{\"ReportName\":\"Quick\",\"StartTime\":\"%s\",\"QueryId\":\"%s\"}"
                  .formatted(start, quick));
      assertThat(updated.message()).isEqualTo("Report updated successfully");
      assertThat(ada.put("/ScheduledReport/resume/" + report + "?catchUp=all").message())
          .isEqualTo("Report resumed successfully");
      ada.advance("PT8H");
      assertThat(ada.completed(report)).isEqualTo(2); // Of the slots after the cancelled one.
      assertThat(skipped(world, report)).containsExactly("CANCELLED 1");
      assertThat(ada.get("/ScheduledReport?reportId=" + report).text("ReportStatus"))
          .isEqualTo("Inactive");
    }
  }

  @Test
  void aReportThatIsDeletedWhileItRunsLeavesNothing() throws Exception {
    World.prepare(data);
    Slow.down(data, "ISVOrder");
    try (var world = World.in(data);
        ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      Api ada = world.as("ada");
      String report = report(world, ada, 2);
      Future<Reply> moving = others.submit(() -> ada.advance("PT4H"));
      awaitRunning(ada, report);
      assertThat(ada.delete("/ScheduledReport/" + report).status()).isEqualTo(200);
      assertThat(moving.get().status()).isEqualTo(200);
      assertThat(files("temp/staging")).isEmpty();
      assertThat(files("results")).isEmpty();
      assertThat(ada.put("/ScheduledReport/pause/" + report).status()).isEqualTo(404);
      ada.advance("P1D");
      assertThat(files("results")).isEmpty();
    }
  }

  private static void awaitRunning(Api caller, String report) {
    String running = "/ScheduledReport/execution/" + report + "?executionStatus=Running";
    while (caller.get(running).status() != 200) {
      Thread.onSpinWait();
    }
  }

  @Test
  void theOtherReportsGoOn() throws Exception {
    World.prepare(data);
    Slow.down(data, "ISVOrder");
    try (var world = World.in(data);
        ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      Api ada = world.as("ada");
      String report = report(world, ada, 3);
      String sound =
          ada.report(
              ada.query("SELECT OfferName FROM ISVMarketplaceInsights LIMIT 1"),
              "\"StartTime\":\"%s\",\"RecurrenceInterval\":4".formatted(world.in(4)));
      Future<Reply> moving = others.submit(() -> ada.advance("PT9H"));
      String executions = "/ScheduledReport/execution/" + report + "?executionStatus=";
      while (ada.get(executions + "Running").status() != 200) {
        Thread.onSpinWait();
      }
      ada.put("/ScheduledReport/pause/" + report, "{\"mode\":\"cancel\"}");
      assertThat(moving.get().status()).isEqualTo(200);
      assertThat(ada.completed(sound)).isEqualTo(2);
      assertThat(ada.get(executions + "Failed").status()).isEqualTo(404);
    }
  }

  @Test
  void whoeverIsFirstWinsAndEachSlotHasOneOutcome() throws Exception {
    try (var world = World.in(data);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Api ada = world.as("ada");
      List<String> reports = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        reports.add(report(world, ada, 1));
      }
      List<Callable<Integer>> calls = new ArrayList<>();
      calls.add(() -> ada.advance("PT4H").status());
      for (String report : reports) {
        String path = "/ScheduledReport/pause/" + report + "?mode=cancel";
        calls.add(() -> ada.put(path).status());
      }
      for (Future<Integer> call : callers.invokeAll(calls)) {
        assertThat(call.get()).isIn(200, 400); // 400 once its only file is there.
      }
      ada.advance("PT0S");
      int completed = 0;
      for (String report : reports) {
        List<String> skipped = skipped(world, report);
        int files = ada.completed(report);
        completed += files;
        assertThat(files + skipped.size()).isLessThanOrEqualTo(1);
        assertThat(ada.get("/ScheduledReport?reportId=" + report).text("ReportStatus"))
            .isEqualTo(files == 1 ? "Inactive" : "Paused");
      }
      assertThat(files("results")).hasSize(completed);
      assertThat(files("temp/staging")).isEmpty();
    }
  }

  private static String report(World world, Api caller, int count) {
    return caller.report(
        caller.query("SELECT OrderId FROM ISVOrder"),
        "\"StartTime\":\"%s\",\"RecurrenceInterval\":4,\"RecurrenceCount\":%d"
            .formatted(world.in(4), count));
  }

  private static List<String> skipped(World world, String report) {
    return world.core.store.read(dsl ->
        dsl.fetch("select reason || ' ' || slots from skipped where report_id = ?", report)
            .getValues(0, String.class));
  }

  private List<Path> files(String folder) throws IOException {
    try (var files = Files.walk(data.resolve(folder))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
