package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.reprise.server.fault.Reckoning;
import dev.reprise.server.fault.Storm;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Program;
import dev.reprise.server.world.Receiver;
import dev.reprise.server.world.Receiver.Received;
import dev.reprise.server.world.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Callers make, pause, resume, change and delete reports as fast as they can while time goes on
/// and the process is killed, frozen, ended, cut off from its disk or its database. Whatever was
/// acknowledged holds after each fault; in the end every slot, file and callback is accounted for.
///
/// `-Dfaults.rounds=300` goes on for 300 faults, others than the last time; with
/// `-Dfaults.seed=...`, which each line has, the same again.
@Tag("store")
class FaultTest {
  private static final String ROUNDS = System.getProperty("faults.rounds", "");
  private static final int FEW = Stores.POSTGRESQL ? 6 : 8;
  private static final int STORMS = 3;
  private static final int CHANGES = 60; // Of all storms in a round, about.
  private static final int LEAST = 10;
  private static final Duration STILL = Duration.ofSeconds(2);
  private static final Duration ROUND_LIMIT = Duration.ofMinutes(3);
  private static final String[] FLAGS = {
    "--clock", "test", "--set", "callbacks.allow=127.0.0.1", "--set", "limits.lead-time=PT0S",
  };

  @TempDir private Path data;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Storm> storms = new ArrayList<>();
  private Random random = new Random(11);

  /// What is done to the service.
  private enum Fault {
    KILL,
    FREEZE,
    END,
    FULL_DISK,
    NO_RESULTS,
    CUT_OFF
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.DAYS) // As long as it is told; each round has its limit.
  void nothingAcknowledgedIsLostAndNothingDoneTwice() throws Exception {
    World.prepare(data);
    int rounds = ROUNDS.isEmpty() ? FEW : Integer.parseInt(ROUNDS);
    long seed = ROUNDS.isEmpty() ? 0 : Long.getLong("faults.seed", new Random().nextLong());
    random = new Random(seed);
    try (Receiver receiver = Receiver.that(Receiver.status(204))) {
      for (int i = 0; i < STORMS; i++) {
        storms.add(new Storm("storm" + i, receiver.url(), seed + i));
      }
      Fault[] faults = Fault.values();
      for (int round = 0; round < rounds; round++) {
        Fault fault = faults[round < faults.length ? round : random.nextInt(faults.length)];
        int before = answered();
        assertTimeoutPreemptively(ROUND_LIMIT, () -> round(fault));
        assertThat(answered()).as("changes in round %d", round).isGreaterThan(before + LEAST);
        if (!ROUNDS.isEmpty()) {
          System.out.printf("round %d of seed %d: %s%n", round + 1, seed, fault);
        }
      }
      reckon(receiver);
    } finally {
      threads.shutdownNow();
    }
  }

  /// All storms rage until there are changes enough, and meanwhile there is a fault.
  private void round(Fault fault) throws Exception {
    try (Program program = Program.serve(data, FLAGS)) {
      for (Storm storm : storms) {
        new Reckoning(storm, program.baseUrl()).states(storm);
      }
      List<Future<?>> all = new ArrayList<>();
      storms.forEach(storm -> all.add(threads.submit(() -> storm.rage(program.baseUrl()))));
      all.add(threads.submit(() -> move(program.baseUrl())));
      await(answered() + LEAST + 1 + random.nextInt(CHANGES), all);
      happen(fault, program, all);
      if (fault == Fault.END) {
        program.end();
      } else {
        program.kill();
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private void happen(Fault fault, Program program, List<Future<?>> all) throws Exception {
    switch (fault) {
      case KILL, END -> {
        // Which is how each round ends.
      }
      case FULL_DISK -> {
        program.limitFiles(largestFile() + (64 << 10));
        if (!Stores.POSTGRESQL) { // Whose files are those of its server.
          awaitTrouble(program);
        }
        await(answered() + CHANGES * 10, all); // Or until nothing can be written.
      }
      case FREEZE -> {
        program.stop();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
        program.goOn();
        await(answered() + CHANGES / 2, all);
      }
      case NO_RESULTS -> {
        Path away = data.resolve("results.away");
        Files.move(data.resolve("results"), away);
        Files.createFile(data.resolve("results"));
        await(answered() + CHANGES / 2, all);
        Files.delete(data.resolve("results"));
        Files.move(away, data.resolve("results"));
        await(answered() + CHANGES / 2, all);
      }
      case CUT_OFF -> {
        cutOff();
        await(answered() + CHANGES / 2, all);
      }
    }
  }

  /// Ends all connections of a store on a server; one in a file is held for a moment.
  private void cutOff() throws SQLException, InterruptedException {
    try (Connection connection = Stores.connect(data);
        var statement = connection.createStatement()) {
      if (Stores.POSTGRESQL) {
        statement.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid()");
      } else {
        statement.execute("begin immediate");
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
        statement.execute("rollback");
      }
    }
  }

  private int answered() {
    return storms.stream().mapToInt(Storm::answered).sum();
  }

  /// Until so many changes were acknowledged, or none were for a while.
  private void await(int wanted, List<Future<?>> all) throws Exception {
    int before = answered();
    long changed = System.nanoTime();
    while (before < wanted && System.nanoTime() - changed < STILL.toNanos()) {
      for (Future<?> one : all) {
        if (one.isDone()) {
          one.get(); // What went wrong in it is what went wrong here.
        }
      }
      TimeUnit.MILLISECONDS.sleep(10);
      if (answered() > before) {
        before = answered();
        changed = System.nanoTime();
      }
    }
  }

  private static void awaitTrouble(Program program) throws InterruptedException {
    Api anybody = Api.anonymous(program.baseUrl());
    while (anybody.send("GET", "/health/ready", "", List.of()).status() == 200) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private void move(String baseUrl) {
    try {
      Api ada = Api.as("ada", baseUrl);
      while (!Thread.currentThread().isInterrupted()) {
        int before = answered();
        ada.advance("PT2H");
        while (answered() < before + 2 && !Thread.currentThread().isInterrupted()) {
          ada.send("GET", "/reprise/v1/clock", "", List.of());
        }
      }
    } catch (UncheckedIOException | IllegalStateException gone) {
      return; // The service is.
    }
  }

  private long largestFile() throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith("reprise.db"))
          .mapToLong(file -> file.toFile().length())
          .max()
          .orElse(0);
    }
  }

  private void reckon(Receiver receiver) throws Exception {
    try (Program program = Program.serve(data, FLAGS)) {
      Api.as("ada", program.baseUrl()).advance("P4D"); // All retries are over.
      Set<String> heard =
          receiver.received().stream()
              .map((Received request) -> request.header("webhook-id"))
              .collect(Collectors.toSet());
      long files = 0;
      long changes = 0;
      for (Storm storm : storms) {
        var reckoning = new Reckoning(storm, program.baseUrl());
        reckoning.all(storm, heard);
        files += reckoning.files();
        changes += reckoning.changes();
        System.out.printf(
            "%d changes, %d slots, %d files%n",
            reckoning.changes(), reckoning.slots(), reckoning.files());
      }
      assertThat(files).isPositive();
      assertThat(changes).isGreaterThan(CHANGES);
    }
    List<String> faults = new ArrayList<>();
    Stores.audit(data, faults::add);
    assertThat(faults).isEmpty();
  }
}
