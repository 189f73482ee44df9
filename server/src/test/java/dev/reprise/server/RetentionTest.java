package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.retention.JooqRetentionStore;
import dev.reprise.server.retention.Retention;
import dev.reprise.server.retention.Retention.Rule;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long result files are kept.
@Tag("store")
class RetentionTest {
  private static final Rule NONE = new Rule(Optional.empty(), Optional.empty());

  @TempDir private Path data;

  private static String daily(World world, Api caller) {
    return caller.report(
        caller.query("SELECT OrderId FROM ISVOrder LIMIT 3 TIMESPAN LAST_MONTH"),
        "\"StartTime\":\"%s\",\"RecurrenceInterval\":24".formatted(world.in(24)));
  }

  private static Reply newest(Api caller, String report) {
    return caller.get("/ScheduledReport/execution/" + report);
  }

  private static Reply download(Api caller, Reply execution) {
    return caller.send("GET", execution.text("ReportAccessSecureLink"), "", List.of());
  }

  private static Reply proof(Api caller, Reply execution) {
    String path = "/reprise/v1/executions/" + execution.text("ExecutionId");
    return caller.send("GET", path, "", List.of());
  }

  private static List<Path> files(Path data) throws Exception {
    try (Stream<Path> all = Files.walk(data.resolve("results"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static Retention retention(World world, Rule rule, InstantSource realClock) {
    var store = new JooqRetentionStore(world.core.store);
    return new Retention(store, world.core.results, rule, world.core.clock, realClock);
  }

  @Test
  void aFileGoesWithItsAgeAndItsProofStays() throws Exception {
    try (World world =
        World.in(data, "--set", "results.keep=PT48H", "--set", "link-expiry=PT720H")) {
      Api ada = world.as("ada");
      String report = daily(world, ada);
      ada.advance("P1D");
      Reply first = newest(ada, report);
      Object sha256 = proof(ada, first).json().get("sha256");
      assertThat(download(ada, first).status()).isEqualTo(200);
      ada.advance("P2D");
      assertThat(download(ada, first).status()).isEqualTo(200);
      ada.advance("PT1S");
      Reply gone = download(ada, first);
      assertThat(gone.status()).isEqualTo(410);
      assertThat(gone.body()).contains("This file is no longer kept");
      assertThat(proof(ada, first).json())
          .containsEntry("status", "Completed")
          .containsEntry("sha256", sha256)
          .containsEntry("complete", false)
          .containsEntry("removedAt", world.now().toString());
      assertThat(download(ada, newest(ada, report)).status()).isEqualTo(200);
      assertThat(files(data)).hasSize(2);
      Reply all = ada.get("/ScheduledReport/execution/" + report + "?getLatestExecution=false");
      assertThat(all.value())
          .hasSize(3)
          .allSatisfy(row -> assertThat(row).extractingByKey("ReportAccessSecureLink").isNotNull());
      assertThat(world.core.retention.removed()).isOne();
    }
  }

  @Test
  void theOldestGoWhenAllTakeTooMuch() throws Exception {
    try (World world = World.in(data)) {
      Api ada = world.as("ada");
      String report = daily(world, ada);
      ada.advance("P5D");
      Reply latest = newest(ada, report);
      assertThat(files(data)).hasSize(5);
      long bytes = Files.size(files(data).getFirst());
      retention(world, new Rule(Optional.empty(), Optional.of(bytes * 2 + 1)), world.core.clock)
          .enforce();
      assertThat(files(data)).hasSize(2);
      assertThat(download(ada, latest).status()).isEqualTo(200);
      retention(world, NONE, world.core.clock).enforce();
      assertThat(files(data)).hasSize(2);
    }
  }

  @Test
  void filesThatNoExecutionHasAreSweptOnceTheyAreSettled() throws Exception {
    try (World world = World.in(data)) {
      Api ada = world.as("ada");
      String report = daily(world, ada);
      ada.advance("P1D");
      Path kept = files(data).getFirst();
      FileTime old = FileTime.from(World.MONDAY.minus(Duration.ofHours(25)));
      Files.setLastModifiedTime(kept, old);
      Path folder = Files.createDirectories(data.resolve("results/aa"));
      Path orphan = folder.resolve("00000000-0000-4000-8000-0000000000aa.csv");
      Path packed = folder.resolve("00000000-0000-4000-8000-0000000000aa.csv.gz");
      Path young = folder.resolve("00000000-0000-4000-8000-0000000001aa.csv");
      Path foreign = folder.resolve("notes.csv");
      Path lonely = folder.resolve("00000000-0000-4000-8000-0000000002aa.2.tsv.gz");
      for (Path file : List.of(orphan, packed, young, foreign, lonely)) {
        Files.setLastModifiedTime(Files.writeString(file, "a\n"), old);
      }
      Files.setLastModifiedTime(young, FileTime.from(World.MONDAY.minus(Duration.ofHours(23))));
      Retention retention = retention(world, NONE, InstantSource.fixed(World.MONDAY));
      retention.sweep();
      assertThat(files(data)).containsExactlyInAnyOrder(kept, young, foreign);
      assertThat(retention.swept()).isOne();
      assertThat(download(ada, newest(ada, report)).status()).isEqualTo(200);
    }
  }
}
