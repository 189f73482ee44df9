package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.server.backup.Backup;
import dev.reprise.server.history.JooqAudit;
import dev.reprise.server.setting.StartRefused;
import dev.reprise.server.setting.StoreAddress;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Program;
import dev.reprise.server.world.Receiver;
import dev.reprise.server.world.Slow;
import dev.reprise.server.world.Stores;
import java.io.File;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several nodes on one store.
class NodesTest {
  private static final int REPORTS = 30;

  @TempDir private Path folder;

  @Test
  void eachSlotRunsOnceHoweverFarTheClocksOfTheNodesAreApart() throws Exception {
    try (var receiver = Receiver.that(Receiver.status(200));
        var another = Receiver.that(Receiver.status(200));
        var first = node("first", Duration.ZERO);
        var second = node("second", Duration.ofMinutes(7));
        var third = node("third", Duration.ofDays(-400))) {
      List<World> nodes = List.of(first, second, third);
      List<String> reports = new ArrayList<>();
      for (int i = 0; i < REPORTS; i++) {
        Api ada = nodes.get(i % nodes.size()).as("ada");
        String told = (i % 2 == 0 ? receiver : another).url();
        String callback = "\"ExecuteNow\":true,\"CallbackUrl\":\"" + told + "\"";
        reports.add(ada.report(query(ada), callback));
      }
      Api grace = third.as("ada");
      until(() -> reports.stream().allMatch(id -> grace.completed(id) == 1));
      until(() -> completed(nodes) == REPORTS);
      until(() -> first.core.callbacks.store().waiting() == 0);
      assertThat(receiver.received().size() + another.received().size()).isEqualTo(REPORTS);
      assertThat(results()).hasSize(REPORTS).allMatch(name -> name.matches("[0-9a-f-]{36}\\.csv"));
      assertThat(first.now()).isAfter(World.MONDAY.plus(Duration.ofDays(1)));
      assertThat(Duration.between(first.now(), third.now()).abs())
          .isLessThan(Duration.ofSeconds(2));
      until(() -> ready(first).split("\"leaseUntil\"", -1).length == 4);
      String link = link(first.as("ada"), reports.getFirst());
      String elsewhere = link.replace(first.baseUrl(), second.baseUrl());
      assertThat(grace.send("GET", elsewhere, "", List.of()).body()).startsWith("OrderId\n");
    }
    assertWhole(REPORTS);
    assertThat(backedUp()).isEqualTo(REPORTS);
  }

  private static String link(Api caller, String report) {
    var executions = caller.get("/ScheduledReport/execution/" + report).value();
    return String.valueOf(executions.getFirst().get("ReportAccessSecureLink"));
  }

  /// How many results are in a backup, each as it was made.
  private long backedUp() {
    var files = Optional.of(folder.resolve("files"));
    var store = new StoreAddress(Stores.url(folder), Optional.empty(), Optional.empty(), files);
    List<String> faults = new ArrayList<>();
    Backup.Result made =
        Backup.make(
            folder.resolve("first"), Optional.of(store), folder.resolve("backup"), faults::add);
    assertThat(faults).isEmpty();
    assertThat(folder.resolve("backup/keys/callbacks.key"))
        .hasSameBinaryContentAs(folder.resolve("files/keys/callbacks.key"));
    return made.files();
  }

  @Test
  void whatADeadNodeWasMakingAnotherMakesAndAStoppedOneFindsItsClaimGone() throws Exception {
    World.prepare(folder.resolve("slow"));
    Slow.down(folder.resolve("slow"), "ISVOrder");
    for (boolean killed : List.of(true, false)) {
      String report;
      try (var slow = Program.serveFile(folder.resolve("slow"), flags().toArray(String[]::new))) {
        Api ada = Api.as("ada", slow.baseUrl());
        report = ada.report(query(ada), "\"ExecuteNow\":true");
        until(() -> isRunning(ada, report));
        try (var other = node("other", Duration.ZERO)) {
          if (killed) {
            slow.kill();
          } else {
            slow.stop();
          }
          Api grace = other.as("ada");
          until(() -> grace.completed(report) == 1);
          if (!killed) {
            slow.goOn();
            until(() -> files("staging").isEmpty());
            assertThat(ada.completed(report)).isEqualTo(1);
            assertThat(isRunning(ada, report)).isFalse();
          }
        }
      }
    }
    assertThat(results()).hasSize(2).allMatch(name -> name.matches("[0-9a-f-]{36}\\.2\\.csv"));
    assertWhole(2);
  }

  @Test
  void whoPausesOnOneNodeStopsWhatAnotherRuns() throws Exception {
    World.prepare(folder.resolve("slow"));
    Slow.down(folder.resolve("slow"), "ISVOrder");
    try (var slow = node("slow", Duration.ZERO)) {
      Api ada = slow.as("ada");
      String start = slow.now().plusSeconds(2).toString().replaceFirst("\\..*Z", "Z");
      String report =
          ada.report(query(ada), "\"StartTime\":\"" + start + "\",\"RecurrenceInterval\":4");
      until(() -> isRunning(ada, report));
      try (var other = node("other", Duration.ZERO)) {
        Api grace = other.as("ada");
        assertThat(grace.put("/ScheduledReport/pause/" + report + "?mode=cancel").status())
            .isEqualTo(200);
        assertThat(isRunning(ada, report)).isFalse();
        until(() -> files("staging").isEmpty());
        assertThat(ada.put("/ScheduledReport/resume/" + report + "?catchUp=skip").status())
            .isEqualTo(200);
      }
      assertThat(results()).isEmpty();
    }
  }

  @Test
  void aRollingRestartLosesAndDoublesNothing() throws Exception {
    List<String> reports = new ArrayList<>();
    World old = node("0", Duration.ZERO);
    World newer = node("1", Duration.ZERO);
    for (int round = 2; round < 6; round++) {
      World newest = node("" + (round % 3), Duration.ZERO);
      for (World node : List.of(old, newer, newest)) {
        Api ada = node.as("ada");
        String query = query(ada);
        for (int i = 0; i < 5; i++) {
          reports.add(ada.report(query, "\"ExecuteNow\":true"));
        }
      }
      old.close();
      old = newer;
      newer = newest;
    }
    try (World left = old;
        World last = newer) {
      Api ada = last.as("ada");
      until(() -> reports.stream().allMatch(id -> ada.completed(id) == 1));
      assertThat(left.core.nodes.living()).isNotEmpty();
    }
    assertThat(new HashSet<>(reports)).hasSize(60);
    assertThat(results()).hasSize(60);
    assertWhole(60);
  }

  @Test
  void nobodyIsTakenForDeadWhenAllHadToWait() throws Exception {
    try (var first = node("first", Duration.ZERO);
        var second = node("second", Duration.ZERO);
        var held = DriverManager.getConnection(Stores.url(folder));
        var turn = held.createStatement()) {
      List<UUID> ids = List.of(first.core.nodes.id(), second.core.nodes.id());
      until(() -> nodes("seen_at > started_at + 4000") == 2); // They judge others from then on.
      held.setAutoCommit(false);
      turn.execute(
          "select pg_advisory_xact_lock(hashtext('reprise turn'), hashtext(current_schema()))");
      until(() -> nodes("lease_until < extract(epoch from clock_timestamp()) * 1000") == 2);
      held.commit();
      until(() -> nodes("lease_until > extract(epoch from clock_timestamp()) * 1000") == 2);
      assertThat(List.of(first.core.nodes.id(), second.core.nodes.id())).isEqualTo(ids);
    }
  }

  private int nodes(String that) {
    try (var connection = DriverManager.getConnection(Stores.url(folder));
        var statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from node where " + that)) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoHasItsFilesElsewhereOrAClockOfItsOwnIsRefused() throws Exception {
    try (var first = node("first", Duration.ZERO)) {
      assertThat(first.core.nodes.living()).hasSize(1);
      List<String> elsewhere = new ArrayList<>(flags());
      elsewhere.addAll(List.of("--set", "store.files=" + folder.resolve("other files")));
      elsewhere.remove("store.files=" + folder.resolve("files"));
      elsewhere.remove("--set");
      assertThatThrownBy(() -> World.node(folder.resolve("b"), Duration.ZERO, elsewhere).close())
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("store.files");
      List<String> test = new ArrayList<>(flags());
      test.addAll(List.of("--clock", "test"));
      assertThatThrownBy(() -> World.node(folder.resolve("c"), Duration.ZERO, test).close())
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("and it is wanted alone");
    }
  }

  private static long completed(List<World> nodes) {
    return nodes.stream().mapToLong(node -> node.core.executions.tally().completed()).sum();
  }

  private World node(String name, Duration behind) {
    List<String> flags = new ArrayList<>(flags());
    flags.addAll(List.of("--set", "node.name=" + name));
    return World.node(folder.resolve(name), behind, flags);
  }

  private List<String> flags() {
    return List.of(
        "--set",
        "store.files=" + folder.resolve("files"),
        "--store",
        Stores.url(folder),
        "--set",
        "node.lease=PT3S",
        "--set",
        "callbacks.allow=127.0.0.1",
        "--set",
        "limits.lead-time=PT0S",
        "--set",
        "limits.execute-now=1000");
  }

  private static String query(Api caller) {
    return caller.query("SELECT OrderId FROM ISVOrder");
  }

  private static boolean isRunning(Api caller, String report) {
    String running = "/ScheduledReport/execution/" + report + "?executionStatus=Running";
    return caller.get(running).status() == 200;
  }

  private static String ready(World node) {
    return ready(node.as("ada"));
  }

  private static String ready(Api caller) {
    return caller.send("GET", "/health/ready", "", List.of()).body();
  }

  private static void until(BooleanSupplier holds) {
    while (!holds.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private List<String> results() {
    return files("results");
  }

  /// The staging folders of all nodes, or all results.
  private List<String> files(String name) {
    List<String> found = new ArrayList<>();
    collect(folder.resolve("files").resolve(name).toFile(), found);
    return found;
  }

  /// What vanishes meanwhile is none.
  private static void collect(File file, List<String> found) {
    File[] inside = file.listFiles();
    if (inside != null) {
      for (File one : inside) {
        collect(one, found);
      }
    } else if (file.exists()) {
      found.add(file.getName());
    }
  }

  private void assertWhole(int reports) {
    List<String> faults = new ArrayList<>();
    assertThat(JooqAudit.run(Stores.address(folder), faults::add).reports()).isEqualTo(reports);
    assertThat(faults).isEmpty();
  }
}
