package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.INTEGER;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a resume runs of what was missed, looked at in the files.
@Tag("store")
class CatchUpTest {
  private static final int MOST = 1_000;

  @TempDir private Path data;

  @Test
  void aMergedFileHasTheRowsOfAllThatWereMissed() {
    World world = World.shared();
    Api ada = world.as("ada-merged-rows");
    String query =
        ada.query(
            "SELECT OrderId, OrderPurchaseDate, OrderStatus FROM ISVOrder TIMESPAN LAST_MONTH");
    String schedule = "\"StartTime\":\"%s\",\"RecurrenceInterval\":240".formatted(world.in(24));
    String apart = ada.report(query, schedule);
    String merged = ada.report(query, schedule);
    ada.put("/ScheduledReport/pause/" + merged);
    ada.advance("P60D");
    ada.put("/ScheduledReport/resume/" + merged + "?catchUp=merged");
    ada.advance("PT0S");
    List<Set<String>> files = files(ada, apart);
    Set<String> union = new TreeSet<>();
    files.forEach(union::addAll);
    assertThat(files).hasSize(6);
    assertThat(union.size()).isGreaterThan(files.getFirst().size());
    assertThat(files(ada, merged)).containsExactly(union);
    Reply execution = ada.get("/ScheduledReport/execution/" + merged);
    Reply proof =
        ada.send("GET", "/reprise/v1/executions/" + execution.text("ExecutionId"), "", List.of());
    assertThat(proof.json()).containsEntry("complete", true);
    assertThat(proof.json().get("rows"))
        .asInstanceOf(INTEGER)
        .isGreaterThanOrEqualTo(union.size() - 1);
  }

  /// The lines of each file, newest first.
  private static List<Set<String>> files(Api caller, String report) {
    return caller
        .get("/ScheduledReport/execution/" + report + "?getLatestExecution=false")
        .value()
        .stream()
        .map(execution -> String.valueOf(execution.get("ReportAccessSecureLink")))
        .map(link -> caller.send("GET", link, "", List.of()).body())
        .map(file ->
            file.lines().collect(Collectors.<String, Set<String>>toCollection(TreeSet::new)))
        .toList();
  }

  @Test
  void aThousandRunOldestFirstAlsoThroughARestart() {
    String report;
    Instant first;
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      first = Instant.parse(world.in(4));
      report =
          ada.report(
              ada.query("SELECT OfferName FROM ISVMarketplaceInsights LIMIT 1"),
              "\"StartTime\":\"%s\",\"RecurrenceInterval\":4".formatted(first));
      ada.put("/ScheduledReport/pause/" + report);
      ada.advance(Duration.ofHours(4L * (MOST + 20)).plusHours(1).toString());
      String path = "/ScheduledReport/resume/" + report + "?catchUp=all";
      Reply plan = ada.put(path + "&dryRun=true");
      assertThat(plan.one())
          .containsEntry("MissedCount", MOST + 20)
          .containsEntry("SkippedCount", 20);
      assertThat(plan.one().get("Runs")).asInstanceOf(LIST).hasSize(MOST);
      ada.put(path);
      while (completed(world, report).size() < 100) {
        Thread.onSpinWait();
      }
      areTheOldest(completed(world, report), first);
    }
    try (var world = World.in(data)) {
      areTheOldest(completed(world, report), first);
      Api ada = world.as("ada");
      ada.advance("PT0S");
      List<Long> completed = completed(world, report);
      assertThat(completed).hasSize(MOST);
      areTheOldest(completed, first);
      assertThat(skipped(world, report)).containsExactly("LIMIT 20");
      ada.advance("PT4H");
      assertThat(completed(world, report)).hasSize(MOST + 1);
    }
  }

  /// Nothing was left out or run out of order, and nothing twice.
  private static void areTheOldest(List<Long> completed, Instant first) {
    for (int i = 0; i < completed.size(); i++) {
      assertThat(completed.get(i)).isEqualTo(first.plus(Duration.ofHours(4L * i)).toEpochMilli());
    }
  }

  private static List<Long> completed(World world, String report) {
    return world.core.store.read(dsl ->
        dsl.fetch(
                "select slot from execution where report_id = ? and status = 'COMPLETED' order by slot",
                report)
            .getValues(0, Long.class));
  }

  private static List<String> skipped(World world, String report) {
    return world.core.store.read(dsl ->
        dsl.fetch("select reason || ' ' || slots from skipped where report_id = ?", report)
            .getValues(0, String.class));
  }
}
