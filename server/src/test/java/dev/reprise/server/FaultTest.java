package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.reprise.server.fault.Storm;
import dev.reprise.server.fault.Storms;
import dev.reprise.server.fault.Trouble;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Line;
import dev.reprise.server.world.Program;
import dev.reprise.server.world.Receiver;
import dev.reprise.server.world.Stores;
import dev.reprise.server.world.Sync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
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
  private static final int STORMS = 3;
  private static final int CHANGES = 60; // Of all storms in a round, about.
  private static final int LEAST = 10;
  private static final Duration ROUND_LIMIT = Duration.ofMinutes(3);
  private static final String[] FLAGS = {
    "--clock",
    "test",
    "--set",
    "callbacks.allow=127.0.0.1",
    "--set",
    "limits.lead-time=PT0S",
    "--set",
    "limits.queries=1000000",
  };

  @TempDir private Path data;
  @TempDir private Path tools;

  private Optional<Line> line = Optional.empty();
  private Optional<Sync> sync = Optional.empty();
  private Random random = new Random(11);

  /// What is done to the service.
  private enum Fault {
    KILL,
    FREEZE,
    END,
    FULL_DISK,
    NO_WRITES, // No file can be written for a while.
    NO_SYNC, // None can be forced to the disk for a while.
    NO_RESULTS,
    CUT_OFF,
    BAD_LINE, // Between the service and the server of its store, if it is on one.
    SERVER_CRASH, // Of the store, if it is on one.
    LEAP // Of the clock, over many slots at once.
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.DAYS) // As long as it is told; each round has its limit.
  void nothingAcknowledgedIsLostAndNothingDoneTwice() throws Exception {
    World.prepare(data);
    line = Stores.POSTGRESQL ? Optional.of(Line.to(Stores.url(data))) : Optional.empty();
    sync = Sync.in(tools);
    List<Fault> faults = faults();
    int rounds = ROUNDS.isEmpty() ? faults.size() : Integer.parseInt(ROUNDS);
    long seed = ROUNDS.isEmpty() ? 0 : Long.getLong("faults.seed", new Random().nextLong());
    random = new Random(seed);
    try (Receiver receiver = Receiver.that(Receiver.status(204));
        Storms storms = storms(receiver, seed)) {
      for (int round = 0; round < rounds; round++) {
        Fault fault = faults.get(round < faults.size() ? round : random.nextInt(faults.size()));
        int before = storms.answered();
        assertTimeoutPreemptively(ROUND_LIMIT, () -> round(fault, storms));
        assertThat(storms.answered())
            .as("changes in round %d", round)
            .isGreaterThan(before + LEAST);
        if (!ROUNDS.isEmpty()) {
          System.out.printf("round %d of seed %d: %s%n", round + 1, seed, fault);
        }
      }
      reckon(receiver, storms);
    }
  }

  /// Those that are possible here.
  private List<Fault> faults() {
    List<Fault> faults = new ArrayList<>(List.of(Fault.values()));
    if (line.isEmpty()) {
      faults.removeAll(List.of(Fault.BAD_LINE, Fault.SERVER_CRASH));
    }
    if (sync.isEmpty()) {
      faults.remove(Fault.NO_SYNC);
    }
    return faults;
  }

  private static Storms storms(Receiver receiver, long seed) {
    List<Storm> storms = new ArrayList<>();
    for (int i = 0; i < STORMS; i++) {
      storms.add(new Storm("storm" + i, receiver.url(), seed + i));
    }
    return new Storms(storms);
  }

  /// All storms rage until there are changes enough, and meanwhile there is a fault.
  private void round(Fault fault, Storms storms) throws Exception {
    try (Program program = serve()) {
      storms.checkStates(program.baseUrl());
      storms.all().forEach(storm -> storms.beside(() -> storm.rage(program.baseUrl())));
      storms.beside(() -> move(program.baseUrl(), storms));
      storms.await(LEAST + 1 + random.nextInt(CHANGES));
      happen(fault, program, storms);
      if (fault == Fault.END) {
        program.end();
      } else {
        program.kill();
      }
      storms.end();
    }
  }

  private Program serve() throws IOException {
    List<String> flags = new ArrayList<>(List.of(FLAGS));
    line.ifPresent(way -> flags.addAll(List.of("--store", way.url())));
    return Program.serve(sync.map(Sync::environment).orElse(Map.of()), data, flags);
  }

  @AfterEach
  void takeTheLineDown() {
    line.ifPresent(Line::close);
  }

  private void happen(Fault fault, Program program, Storms storms) throws Exception {
    switch (fault) {
      case KILL, END -> {
        // Which is how each round ends.
      }
      case FULL_DISK -> {
        program.limitFiles(largestFile() + (64 << 10));
        awaitTroubleOfFiles(program, storms);
      }
      case NO_WRITES -> {
        program.limitFiles(0);
        awaitTroubleOfFiles(program, storms);
        program.freeFiles();
        storms.awaitWell(CHANGES / 2);
      }
      case NO_SYNC -> {
        sync.orElseThrow().fail();
        awaitTroubleOfFiles(program, storms);
        sync.orElseThrow().mend();
        storms.awaitWell(CHANGES / 2);
      }
      case LEAP -> {
        Api.as("ada", program.baseUrl()).advance("PT" + (5 + random.nextInt(20)) + "H");
        storms.awaitWell(CHANGES / 2);
      }
      case FREEZE -> {
        program.stop();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
        program.goOn();
        storms.await(CHANGES / 2);
      }
      case NO_RESULTS -> {
        Path away = data.resolve("results.away");
        Files.move(data.resolve("results"), away);
        Files.createFile(data.resolve("results"));
        storms.await(CHANGES / 2);
        Files.delete(data.resolve("results"));
        Files.move(away, data.resolve("results"));
        storms.await(CHANGES / 2);
      }
      case CUT_OFF -> {
        cutOff();
        storms.await(CHANGES / 2);
      }
      case SERVER_CRASH -> {
        Stores.crash(data);
        storms.awaitWell(CHANGES / 2);
      }
      case BAD_LINE -> Trouble.all(line.orElseThrow(), storms, random, CHANGES / 4);
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

  /// Until nothing can be written, and has not been for a while; but for results, where the files
  /// of the store are those of its server.
  private static void awaitTroubleOfFiles(Program program, Storms storms) throws Exception {
    Api anybody = Api.anonymous(program.baseUrl());
    while (!Stores.POSTGRESQL
        && anybody.send("GET", "/health/ready", "", List.of()).status() == 200) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    storms.await(Stores.POSTGRESQL ? CHANGES : CHANGES * 10);
  }

  private static void move(String baseUrl, Storms storms) {
    try {
      Api ada = Api.as("ada", baseUrl);
      while (!Thread.currentThread().isInterrupted()) {
        int before = storms.answered();
        ada.advance("PT2H");
        while (storms.answered() < before + 2 && !Thread.currentThread().isInterrupted()) {
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

  private void reckon(Receiver receiver, Storms storms) throws Exception {
    try (Program program = Program.serve(data, FLAGS)) {
      Api.as("ada", program.baseUrl()).advance("P4D"); // All retries are over.
      storms.reckon(program.baseUrl(), receiver);
    }
    List<String> faults = new ArrayList<>();
    Stores.audit(data, faults::add);
    assertThat(faults).isEmpty();
  }
}
