package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.schedule.Watch.Part;
import dev.reprise.server.watchdog.Findings;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Stores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Faults put straight into the store are found, healed, recorded and shown.
@Tag("store")
class WatchdogTest {
  @TempDir private Path data;

  private static String every4Hours(World world, Api caller) {
    return caller.report(
        caller.query("SELECT OrderId FROM ISVOrder LIMIT 1"),
        "\"StartTime\":\"%s\",\"RecurrenceInterval\":4".formatted(world.in(4)));
  }

  private static void inject(World world, String sql, String report) {
    int met =
        world.core.store.write(dsl ->
            dsl.execute(
                sql.replace("$id", "'" + report + "'")
                    .replace("$now", "" + world.now().toEpochMilli())));
    assertThat(met).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "PENDING | delete from execution where report_id = $id and status = 'PENDING'",
        "PENDING | update execution set slot = slot + 1000 where report_id = $id and status = 'PENDING'",
        "PENDING | update execution set status = 'FAILED', slot = 1 where report_id = $id and status = 'PENDING'",
        "PENDING | update execution set slot = slot + 14400000 where report_id = $id and status = 'PENDING'",
        "STATUS | update execution set status = 'PAUSED' where report_id = $id and status = 'PENDING'",
        "WAKE | update report set wake_at = null where id = $id",
        "WAKE | update report set wake_at = wake_at + 86400000 where id = $id",
        "NEXT | update report set next_slot = next_slot + 14400000 where id = $id",
        "NEXT | update report set next_slot = next_slot - 14400000 where id = $id",
        "NEXT | update report set next_slot = null where id = $id",
        "RUNNING | insert into execution (id, report_id, slot, status, attempt) values ('00000000-0000-4000-8000-000000000001', $id, $now - 7200000, 'RUNNING', 1)",
        "RUNNING | update report set running_slot = next_slot, running_attempt = 1, retry_at = $now + 1000, next_slot = next_slot + 14400000 where id = $id"
      })
  void aFaultIsHealedAndTheReportRunsAtItsSlots(Part part, String fault) {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String report = every4Hours(world, ada);
      String sound = every4Hours(world, ada);
      ada.advance("PT9H");
      assertThat(ada.completed(report)).isEqualTo(2);
      inject(world, fault, report);
      world.core.watchdog.round();
      Findings findings = world.core.watchdog.findings();
      assertThat(findings.healed()).isEqualTo(1);
      assertThat(findings.differences()).containsKey(part);
      assertThat(findings.last().getFirst().report()).hasToString(report);
      var heal = HistoryTest.events(HistoryTest.history(ada, report)).getLast();
      assertThat(heal)
          .containsEntry("what", "heal")
          .containsEntry("who", "service")
          .containsEntry("reason", findings.last().getFirst().what());
      world.core.watchdog.round();
      assertThat(world.core.watchdog.findings().healed()).isEqualTo(1);
      ada.advance("PT8H");
      assertThat(ada.completed(report)).isEqualTo(4);
      assertThat(ada.completed(sound)).isEqualTo(4);
      world.core.watchdog.round();
      assertThat(world.core.watchdog.findings().healed()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"COMPLETED, 3", "FAILED, 2"})
  void anExecutionThatEndedUnnoticedIsNoticed(String status, int completed) {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String report = every4Hours(world, ada);
      ada.advance("PT9H");
      inject(
          world,
          "update report set running_slot = next_slot, running_attempt = 1,"
              + " next_slot = next_slot + 14400000 where id = $id",
          report);
      inject(
          world,
          "update execution set status = '"
              + status
              + "' where report_id = $id and status = 'PENDING'",
          report);
      world.core.watchdog.round();
      assertThat(world.core.watchdog.findings().healed()).isEqualTo(1);
      ada.advance("PT8H");
      assertThat(generated(world, report)).isEqualTo(completed + 1);
    }
  }

  private static int generated(World world, String report) {
    return world.core.store.read(dsl ->
        dsl.fetchSingle("select generated from report where id = ?", report).get(0, Integer.class));
  }

  @Test
  void theExecutionOfAPausedReportIsPausedAndDoesNotRun() {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String report = every4Hours(world, ada);
      ada.put("/ScheduledReport/pause/" + report);
      inject(world, "update execution set status = 'PENDING' where report_id = $id", report);
      ada.advance("PT9H");
      world.core.watchdog.round();
      assertThat(world.core.watchdog.findings().differences())
          .containsExactly(Map.entry(Part.STATUS, 1L));
      ada.advance("PT9H");
      assertThat(generated(world, report)).isZero();
      world.core.watchdog.round();
      assertThat(world.core.watchdog.findings().healed()).isEqualTo(1);
      assertThat(world.core.watchdog.findings().unhealed()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"slot", "slot + 7200000"})
  void ofTwoPendingExecutionsOneStaysAndRunsOnce(String first) {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String report = every4Hours(world, ada);
      world.core.store.write(dsl -> dsl.execute("drop index execution_waiting"));
      inject(
          world,
          "insert into execution (id, report_id, slot, status, attempt) select"
              + " '00000000-0000-4000-8000-000000000001', report_id, slot + 3600000, 'PENDING', 0"
              + " from execution where report_id = $id",
          report);
      inject(
          world,
          "update execution set slot = %s where report_id = $id and attempt = 0 and slot = $now + 14400000"
              .formatted(first),
          report);
      world.core.watchdog.round();
      Findings findings = world.core.watchdog.findings();
      assertThat(findings.healed()).isEqualTo(1);
      assertThat(findings.unhealed()).isZero();
      assertThat(executions(world, report)).isEqualTo(1);
      ada.advance("PT9H");
      assertThat(ada.completed(report)).isEqualTo(2);
      assertThat(generated(world, report)).isEqualTo(2);
      world.core.watchdog.round();
      assertThat(world.core.watchdog.findings().healed()).isEqualTo(1);
    }
  }

  private static int executions(World world, String report) {
    return world.core.store.read(dsl ->
        dsl.fetchSingle("select count(*) from execution where report_id = ?", report)
            .get(0, Integer.class));
  }

  @Test
  void aPendingExecutionOfAReportThatIsGoneIsRemovedAndItsHistoryTellsOfIt() throws Exception {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String report = every4Hours(world, ada);
      ada.delete("/ScheduledReport/" + report);
      try (var other = Stores.connect(data);
          var statement = other.createStatement()) {
        for (String id : List.of(report, "00000000-0000-4000-8000-00000000000a")) {
          statement.execute(
              "insert into execution (id, report_id, slot, status, attempt) values"
                  + " ('%s', '%s', %d, 'PENDING', 0)"
                      .formatted(
                          UUID.randomUUID(), id, world.now().plusSeconds(60).toEpochMilli()));
        }
      }
      world.core.watchdog.round();
      Findings findings = world.core.watchdog.findings();
      assertThat(findings.healed()).isEqualTo(2);
      assertThat(findings.differences()).containsExactly(Map.entry(Part.PENDING, 2L));
      assertThat(findings.last()).extracting(found -> "" + found.report()).contains(report);
      assertThat(executions(world, report)).isZero();
      var events = HistoryTest.events(HistoryTest.history(ada, report));
      assertThat(events.getLast()).containsEntry("what", "heal").containsEntry("after", null);
      assertThat(Stores.audit(data, fault -> {}).broken()).isZero();
      ada.advance("PT9H");
      world.core.watchdog.round();
      assertThat(world.core.watchdog.findings().healed()).isEqualTo(2);
    }
  }

  @Test
  void aPendingExecutionOfAReportThatHasEndedIsRemoved() {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String report = ada.report(ada.query("SELECT OrderId FROM ISVOrder"), "\"ExecuteNow\":true");
      ada.advance("PT1H");
      inject(
          world,
          "insert into execution (id, report_id, slot, status, attempt) values"
              + " ('00000000-0000-4000-8000-000000000001', $id, $now + 7200000, 'PENDING', 0)",
          report);
      world.core.watchdog.round();
      assertThat(world.core.watchdog.findings().differences())
          .containsExactly(Map.entry(Part.PENDING, 1L));
      assertThat(
              ada.get("/ScheduledReport/execution/" + report + "?executionStatus=Pending").status())
          .isEqualTo(404);
    }
  }

  @Test
  void aReportThatBreaksAgainIsLeftAloneForAnHourAndCounted() {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String report = every4Hours(world, ada);
      String fault = "update report set wake_at = null where id = $id";
      for (int i = 0; i < 3; i++) {
        inject(world, fault, report);
        world.core.watchdog.round();
      }
      assertThat(world.core.watchdog.findings().healed()).isEqualTo(1);
      assertThat(world.core.watchdog.findings().unhealed()).isEqualTo(2);
      ada.advance("PT1H");
      world.core.watchdog.round();
      assertThat(world.core.watchdog.findings().healed()).isEqualTo(2);
    }
  }

  @Test
  void whateverCallersDoNothingIsFound() {
    var random = new Random(20260105);
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      List<String> reports =
          List.of(every4Hours(world, ada), every4Hours(world, ada), every4Hours(world, ada));
      for (int step = 0; step < 120; step++) {
        String report = reports.get(random.nextInt(reports.size()));
        switch (random.nextInt(5)) {
          case 0 -> ada.put("/ScheduledReport/pause/" + report);
          case 1 -> ada.put("/ScheduledReport/resume/" + report);
          case 2 ->
              ada.put(
                  "/ScheduledReport/" + report,
                  "{\"ReportName\":\"Daily\",\"StartTime\":\"%s\",\"RecurrenceInterval\":%d}"
                      .formatted(world.in(4 + random.nextInt(9)), 4 + random.nextInt(9)));
          default -> ada.advance("PT" + random.nextInt(20) + "H");
        }
        world.core.watchdog.round();
        assertThat(world.core.watchdog.findings().last()).as("step " + step).isEmpty();
        assertThat(world.core.watchdog.findings().unhealed()).isZero();
      }
      assertThat(world.core.watchdog.findings().checked()).isEqualTo(3 * 120);
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void readinessNamesTheReportsHealedLast() {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String report = every4Hours(world, ada);
      Instant at = world.now();
      inject(world, "update report set wake_at = null where id = $id", report);
      world.core.watchdog.round();
      Map<String, @Nullable Object> ready = ada.send("GET", "/health/ready", "", List.of()).json();
      assertThat(ready).containsEntry("status", "UP");
      var watchdog = (Map<String, @Nullable Object>) Objects.requireNonNull(ready.get("watchdog"));
      assertThat(watchdog)
          .containsEntry("rounds", 1)
          .containsEntry("checked", 1)
          .containsEntry("healed", 1)
          .containsEntry("unhealed", 0);
      String slot = at.plusSeconds(4 * 3600).toString();
      assertThat(watchdog.get("lastHealed"))
          .isEqualTo(
              List.of(
                  Map.of(
                      "reportId",
                      report,
                      "at",
                      at.toString(),
                      "what",
                      "timer: none was stored, " + slot + " expected")));
    }
  }
}
