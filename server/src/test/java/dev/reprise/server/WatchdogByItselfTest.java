package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.history.Act;
import dev.reprise.server.report.JooqReportStore;
import dev.reprise.server.report.Report;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.store.JooqTables;
import dev.reprise.server.watchdog.Findings;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Program;
import dev.reprise.server.world.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The watchdog beside a service that works: it finds each fault by itself, and nothing else.
@Tag("store")
class WatchdogByItselfTest {
  private static final String INSERT =
      "insert into execution (id, report_id, slot, status, attempt) select"
          + " '00000000-0000-4000-8000-00000000000%d', %s, slot + 3600000, 'PENDING', 0"
          + " from execution where report_id = '%s'";

  @TempDir private Path data;

  private static String every4Hours(World world, Api caller) {
    return caller.report(
        caller.query("SELECT OrderId FROM ISVOrder LIMIT 1"),
        "\"StartTime\":\"%s\",\"RecurrenceInterval\":4".formatted(world.in(4)));
  }

  /// Faults written into the file of a service that runs.
  @Test
  void itHealsFaultsOfTheFileByItself() throws Exception {
    World.prepare(data);
    List<String> reports = new ArrayList<>();
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      for (int i = 0; i < 6; i++) {
        reports.add(every4Hours(world, ada));
      }
      ada.put("/ScheduledReport/pause/" + reports.get(4));
    }
    String gone = "00000000-0000-4000-8000-0000000000ff";
    try (var connection = Stores.connect(data);
        var statement = connection.createStatement()) {
      // The slots lie in a century in which nothing is due.
      for (String table :
          List.of(
              "report set start_at = %s, next_slot = %s, wake_at = %s",
              "execution set slot = %s")) {
        statement.execute("update " + table.replace("%s", "4102444800000"));
      }
      statement.execute("update report set wake_at = null where state = 'PAUSED'");
      try (var program = Program.serve(data, "--set", "watchdog.interval=PT1S")) {
        Api anybody = Api.as("ada", program.baseUrl());
        until(anybody, "/metrics", body -> body.contains("reprise_watchdog_checked_total 6"));
        assertThat(health(anybody)).startsWith("{\"status\":\"UP\"").doesNotContain("watchdog");
        String of = " where report_id = '%s'";
        statement.execute("drop index execution_waiting");
        statement.execute("delete from execution" + of.formatted(reports.get(0)));
        statement.execute("update execution set slot = slot + 1000" + of.formatted(reports.get(1)));
        statement.execute(INSERT.formatted(2, "report_id", reports.get(2)));
        statement.execute("update report set wake_at = null where id = '" + reports.get(3) + "'");
        statement.execute("update execution set status = 'PENDING'" + of.formatted(reports.get(4)));
        statement.execute(INSERT.formatted(3, "'" + gone + "'", reports.get(5)));
        String ready = until(anybody, "/health/ready", body -> body.contains("\"healed\":6"));
        assertThat(ready).contains(reports.subList(0, 5)).contains(gone);
        assertThat(ready).contains("\"unhealed\":0").doesNotContain(reports.get(5));
        assertThat(anybody.send("GET", "/metrics", "", List.of()).body().lines())
            .contains(
                "reprise_watchdog_healed_total 6",
                "reprise_watchdog_differences_total{part=\"pending\"} 4",
                "reprise_watchdog_differences_total{part=\"status\"} 1",
                "reprise_watchdog_differences_total{part=\"wake\"} 1");
        try (var rows =
            statement.executeQuery(
                "select count(*), count(distinct report_id), min(slot), max(slot) from execution")) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getInt(1)).isEqualTo(6);
          assertThat(rows.getInt(2)).isEqualTo(6);
          assertThat(rows.getLong(3)).isEqualTo(rows.getLong(4));
        }
        assertThat(Program.ofStore("verify-history", data))
            .startsWith("0: 6 reports with 12 entries checked, all whole\n");
      }
    }
  }

  private static String health(Api anybody) {
    return anybody.send("GET", "/health/ready", "", List.of()).body();
  }

  private static String until(Api anybody, String path, Predicate<String> fits) {
    String body = "";
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!fits.test(body) && System.nanoTime() < end) {
      body = anybody.send("GET", path, "", List.of()).body();
    }
    assertThat(body).matches(fits);
    return body;
  }

  @Test
  void manySoundReportsGiveNoFinding() throws Exception {
    try (var world = World.in(data);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String made = every4Hours(world, world.as("ada"));
      var store = new JooqReportStore(world.core.store);
      Report report =
          world.core.store.read(
              dsl -> JooqReportStore.read(dsl.selectFrom(JooqTables.REPORT).fetchSingle()));
      assertThat(report.id()).hasToString(made);
      List<Callable<Report>> copies = new ArrayList<>();
      for (int i = 0; i < 2_500; i++) {
        var copy = copy(report);
        copies.add(() -> store.insert(copy.owner(), CREATE, holdings -> copy));
      }
      for (Future<Report> copied : threads.invokeAll(copies)) {
        copied.get();
      }
      world.core.watchdog.round();
      Findings findings = world.core.watchdog.findings();
      assertThat(findings.checked()).isEqualTo(2_501);
      nothing(findings);
    }
  }

  private static final Act CREATE =
      new Act(Act.What.CREATE, "ada", Optional.empty(), Optional.empty());

  private static Report copy(Report report) {
    return new Report(
        ReportId.random(),
        report.owner(),
        report.definition(),
        report.schedule(),
        report.state(),
        report.pause(),
        report.createdAt(),
        report.modifiedAt());
  }

  private static void nothing(Findings findings) {
    assertThat(findings.healed()).isZero();
    assertThat(findings.unhealed()).isZero();
    assertThat(findings.differences()).isEmpty();
    assertThat(findings.last()).isEmpty();
  }

  @Test
  void pausesAndResumesMeanwhileGiveNoFinding() throws Exception {
    try (var world = World.in(data);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> reports = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        reports.add(every4Hours(world, world.as("ada")));
      }
      var going = new AtomicBoolean(true);
      List<Future<Integer>> callers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Api caller = world.as("ada");
        String report = reports.get(i % reports.size());
        callers.add(
            threads.submit(() -> {
              int changes = 0;
              while (going.get()) {
                caller.put("/ScheduledReport/pause/" + report);
                caller.put("/ScheduledReport/resume/" + report);
                changes += 2;
              }
              return changes;
            }));
      }
      for (int i = 0; i < 15; i++) {
        world.as("ada").advance("PT3H");
        for (int round = 0; round < 10; round++) {
          world.core.watchdog.round();
        }
      }
      going.set(false);
      for (Future<Integer> caller : callers) {
        assertThat(caller.get()).isPositive();
      }
      nothing(world.core.watchdog.findings());
    }
  }
}
