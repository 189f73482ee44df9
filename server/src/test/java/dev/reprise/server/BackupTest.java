package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Program;
import dev.reprise.server.world.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is copied is all there is, as it was at one moment, and is served as it was.
@Tag("store")
class BackupTest {
  private static final int REPORTS = 6;

  @TempDir private Path data;
  @TempDir private Path folder;

  @Test
  void aBackupIsServedAsWhatItWasMadeOf() throws Exception {
    Map<String, String> before;
    try (var world = World.in(data)) {
      before = filled(world);
      assertThat(backup("kept"))
          .startsWith("0: 6 reports, ")
          .contains(" result files with ", "all as they were made");
      world.as("ada").delete("/ScheduledReport/" + before.keySet().iterator().next());
    }
    Path kept = folder.resolve("kept");
    assertThat(kept.resolve("lock")).doesNotExist();
    assertThat(Program.run("restore", "--from", "" + kept, "--data", "" + restored()))
        .startsWith("0: 6 reports, ");
    try (var program = Program.serveFile(restored(), "--clock", "test")) {
      Api ada = Api.as("ada", program.baseUrl());
      assertThat(seen(ada)).isEqualTo(before);
      ada.advance("P2D");
      assertThat(before.keySet().stream().filter(id -> ada.completed(id) > 12))
          .hasSize(REPORTS - REPORTS / 3); // All but those that are paused.
    }
    assertThat(Program.run("verify-history", "--data", "" + restored())).startsWith("0: ");
  }

  @Test
  void aBackupWhileReportsRunAndAreDeletedHasAllResultsOfItsMoment() throws Exception {
    try (var world = World.in(data)) {
      Map<String, String> made = filled(world);
      Api ada = world.as("ada");
      var going = new AtomicBoolean(true);
      Thread busy =
          Thread.ofVirtual()
              .start(() -> {
                made.keySet()
                    .forEach(id -> {
                      ada.advance("PT4H");
                      ada.delete("/ScheduledReport/" + id);
                    });
                going.set(false);
              });
      int backups = 0;
      while (going.get() || backups == 0) {
        assertThat(backup("busy-" + backups)).startsWith("0: ");
        backups++;
      }
      busy.join();
      for (int i = 0; i < backups; i++) {
        String copy = "" + folder.resolve("busy-" + i);
        assertThat(Program.run("verify-history", "--data", copy)).startsWith("0: ");
      }
    }
  }

  @Test
  void whatIsBrokenOrInTheWayIsSaid() throws Exception {
    try (var world = World.in(data)) {
      filled(world);
    }
    Path result;
    try (Stream<Path> files = Files.walk(data.resolve("results"))) {
      result = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    Files.writeString(result, "something else");
    assertThat(backup("broken"))
        .startsWith("1: result " + result.getFileName() + " is not as it was made\n")
        .contains("1 missing or broken");
    assertThat(backup("broken"))
        .isEqualTo(
            "2: " + folder.resolve("broken") + " is there already, and is not an empty folder\n");
    assertThat(Program.run("backup", "--data", "" + data)).isEqualTo("2: --to is missing\n");
    assertThat(Program.run("restore", "--data", "" + restored()))
        .isEqualTo("2: --from is missing\n");
    assertThat(Program.run("restore", "--from", "" + folder, "--data", "" + restored()))
        .isEqualTo("2: There is no Reprise data in " + folder + "\n");
    Path noStore = folder.resolve("no-store");
    World.prepare(noStore);
    assertThat(Program.run("restore", "--from", "" + noStore, "--data", "" + restored()))
        .isEqualTo("2: There is no store in " + noStore + "\n");
    assertThat(Program.run("migrate", "--data", "" + data))
        .isEqualTo("2: --store is missing: the database to move to\n");
    assertThat(restored()).doesNotExist();
  }

  @Test
  void whatWasInAFileIsServedFromADatabase() throws Exception {
    Path file = folder.resolve("file");
    World.prepare(file);
    Map<String, String> before;
    try (var program = Program.serveFile(file, "--clock", "test")) {
      before = filled(Api.as("ada", program.baseUrl()), "2030-01-07T06:00:00Z");
    }
    String store = Stores.url(file);
    for (String command : List.of("serve", "verify-history")) {
      assertThat(Program.run(command, "--data", "" + file, "--store", store))
          .startsWith("2: " + file + " keeps reports in its file, so jdbc:postgresql://");
    }
    assertThat(Program.run("migrate", "--data", "" + file, "--store", store))
        .startsWith("0: 6 reports, ");
    assertThat(Program.run("serve", "--port", "0", "--data", "" + file))
        .isEqualTo("2: What " + file + " kept was moved into a database: name it with --store\n");
    assertThat(Program.run("migrate", "--data", "" + file, "--store", store))
        .startsWith("2: There is no Reprise data in ");
    try (var program = Program.serveFile(file, "--clock", "test", "--store", store)) {
      assertThat(seen(Api.as("ada", program.baseUrl()))).isEqualTo(before);
      assertThat(
              Program.run("backup", "--data", "" + file, "--store", store, "--to", "" + restored()))
          .startsWith("0: 6 reports, ");
    }
    assertThat(Program.run("verify-history", "--data", "" + restored())).startsWith("0: ");
    Path again = folder.resolve("again");
    assertThat(
            Program.run(
                "restore", "--from", "" + restored(), "--data", "" + again, "--store", store))
        .isEqualTo("2: There is something in the store to which to copy\n");
  }

  private Path restored() {
    return folder.resolve("restored");
  }

  private String backup(String name) throws Exception {
    return Program.ofStore("backup", data, "--to", "" + folder.resolve(name));
  }

  private static Map<String, String> filled(World world) {
    return filled(world.as("ada"), world.in(5));
  }

  /// Reports, paused ones among them, with executions.
  private static Map<String, String> filled(Api ada, String start) {
    String query = ada.query("SELECT OrderId FROM ISVOrder LIMIT 3");
    String schedule = "\"RecurrenceInterval\":4,\"StartTime\":\"%s\"".formatted(start);
    for (int i = 0; i < REPORTS; i++) {
      String id = ada.report(query, schedule);
      if (i % 3 == 0) {
        ada.put("/ScheduledReport/pause/" + id + "?reason=why");
      }
    }
    ada.send(
        "POST",
        "/reprise/v1/clock",
        "{\"to\":\"%s\"}".formatted(start.replace("-05T", "-06T").replace("-07T", "-08T")),
        List.of("Content-Type", "application/json"));
    return seen(ada);
  }

  /// All that a caller sees of each report, links aside.
  private static Map<String, String> seen(Api ada) {
    Map<String, String> seen = new TreeMap<>();
    for (var report : ada.get("/ScheduledReport").value()) {
      String id = String.valueOf(report.get("ReportId"));
      seen.put(
          id,
          report
              + ada.get("/ScheduledReport/execution/" + id + "?getLatestExecution=false")
                  .body()
                  .replaceAll("\"ReportAccessSecureLink\":\"[^\"]*\"", "")
              + own(ada, id, "slots")
              + own(ada, id, "history"));
    }
    return seen;
  }

  private static String own(Api ada, String id, String what) {
    return ada.send("GET", "/reprise/v1/reports/" + id + "/" + what, "", List.of()).body();
  }
}
