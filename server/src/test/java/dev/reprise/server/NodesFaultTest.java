package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.reprise.server.fault.Storm;
import dev.reprise.server.fault.Storms;
import dev.reprise.server.fault.Trouble;
import dev.reprise.server.history.JooqAudit;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Line;
import dev.reprise.server.world.Program;
import dev.reprise.server.world.Receiver;
import dev.reprise.server.world.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// As [FaultTest], with three nodes of one store: callers go from one to another while two of them
/// are killed, stopped, ended and cut off from the store, its server crashes, and the wall clock of
/// the third steps about. It takes the same properties.
class NodesFaultTest {
  private static final String ROUNDS = System.getProperty("faults.rounds", "");
  private static final int STORMS = 4;
  private static final int CHANGES = 30;
  private static final Duration ROUND_LIMIT = Duration.ofMinutes(3);
  private static final Duration RETRY = Duration.ofMillis(100);
  private static final int LEASE = 3_000; // Milliseconds.

  @TempDir private Path folder;

  private final List<Victim> victims = new ArrayList<>();
  private final AtomicReference<Instant> wall = new AtomicReference<>(World.MONDAY);
  private InstantSource time = InstantSource.fixed(World.MONDAY); // Of the store, once it is open.
  private Random random = new Random(11);

  private enum Fault {
    KILL,
    STOP,
    END,
    BAD_LINE,
    CLOCK_STEPS,
    SERVER_CRASH // Of the store: all nodes lose it at once.
  }

  /// A node to which something is done.
  private final class Victim implements AutoCloseable {
    private final Line line = Line.to(Stores.url(folder));
    private final Path data;
    private volatile Program program;

    Victim(String name) throws IOException {
      this.data = folder.resolve(name);
      World.prepare(data);
      this.program = started();
    }

    private Program started() throws IOException {
      return Program.serveFile(data, flags(line.url()).toArray(String[]::new));
    }

    void restart() throws IOException {
      program.close();
      program = started();
    }

    @Override
    public void close() {
      program.close();
      line.close();
    }
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.DAYS) // As long as it is told; each round has its limit.
  void nothingAcknowledgedByAnyNodeIsLostAndNothingDoneTwice() throws Exception {
    int rounds = ROUNDS.isEmpty() ? Fault.values().length : Integer.parseInt(ROUNDS);
    long seed = ROUNDS.isEmpty() ? 0 : Long.getLong("faults.seed", new Random().nextLong());
    random = new Random(seed);
    try (Receiver receiver = Receiver.that(Receiver.status(204));
        Storms storms = storms(receiver, seed)) {
      try (World steady = World.node(folder.resolve("steady"), wall::get, flags(url()));
          Victim first = new Victim("first");
          Victim second = new Victim("second")) {
        time = steady::now;
        victims.addAll(List.of(first, second));
        for (int round = 0; round < rounds; round++) {
          Fault[] all = Fault.values();
          Fault fault = all[round < all.length ? round : random.nextInt(all.length)];
          assertTimeoutPreemptively(ROUND_LIMIT, () -> round(fault, storms, steady));
          if (!ROUNDS.isEmpty()) {
            System.out.printf("round %d of seed %d: NODE_%s%n", round + 1, seed, fault);
          }
        }
      }
      reckon(receiver, storms);
    }
  }

  private void round(Fault fault, Storms storms, World steady) throws Exception {
    var over = new AtomicBoolean();
    storms.all().forEach(storm -> storms.beside(() -> storm.roam(() -> node(steady), over::get)));
    storms.await(CHANGES / 2 + random.nextInt(CHANGES));
    happen(fault, victims.get(random.nextInt(victims.size())), storms);
    storms.awaitWell(CHANGES);
    over.set(true);
    storms.end();
    victims.forEach(one -> awaitServing(one.program.baseUrl()));
    storms.checkStates(steady.baseUrl());
  }

  /// The others may have answered all that was asked so far.
  private static void awaitServing(String baseUrl) {
    while (Api.as("ada", baseUrl).createQuery("SELECT OrderId FROM ISVOrder").status() != 200) {
      LockSupport.parkNanos(RETRY.toNanos());
    }
  }

  private void happen(Fault fault, Victim victim, Storms storms) throws Exception {
    switch (fault) {
      case KILL -> {
        victim.program.kill();
        storms.awaitWell(CHANGES);
        victim.restart();
      }
      case STOP -> { // For so long that the others may take it for dead, or not.
        victim.program.stop();
        storms.await(CHANGES);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LEASE * 2));
        victim.program.goOn();
      }
      case END -> {
        victim.program.end();
        storms.awaitWell(CHANGES);
        victim.restart();
      }
      case BAD_LINE -> Trouble.all(victim.line, storms, random, CHANGES / 4);
      case SERVER_CRASH -> {
        Stores.crash(folder);
        storms.awaitWell(CHANGES);
      }
      case CLOCK_STEPS -> {
        for (int minutes : List.of(7, -11, 60 * 24 * 400, -60 * 24 * 800)) {
          wall.set(World.MONDAY.plus(Duration.ofMinutes(minutes)));
          storms.awaitWell(CHANGES / 4);
        }
      }
    }
  }

  private Storms storms(Receiver receiver, long seed) {
    List<Storm> storms = new ArrayList<>();
    for (int i = 0; i < STORMS; i++) {
      storms.add(
          new Storm("storm" + i, receiver.url(), seed + i, Optional.of(() -> time.instant())));
    }
    return new Storms(storms);
  }

  /// One of all, whatever is done to it.
  private String node(World steady) {
    int which = ThreadLocalRandom.current().nextInt(victims.size() + 1);
    return which == victims.size() ? steady.baseUrl() : victims.get(which).program.baseUrl();
  }

  /// At a single service with a test clock, so that what waits for its time need not be waited for.
  private void reckon(Receiver receiver, Storms storms) throws Exception {
    Path data = folder.resolve("first");
    List<String> flags = new ArrayList<>(flags(url()));
    flags.addAll(List.of("--clock", "test"));
    try (Program program = Program.serveFile(data, flags.toArray(String[]::new))) {
      Api.as("ada", program.baseUrl()).advance("PT3H"); // Before the next slots.
      storms.reckon(program.baseUrl(), receiver);
    }
    List<String> faults = new ArrayList<>();
    JooqAudit.run(Stores.address(folder), faults::add);
    assertThat(faults).isEmpty();
  }

  private String url() {
    return Stores.url(folder);
  }

  private List<String> flags(String url) {
    return List.of(
        "--store",
        url,
        "--set",
        "store.files=" + folder.resolve("files"),
        "--set",
        "node.lease=" + Duration.ofMillis(LEASE),
        "--set",
        "callbacks.allow=127.0.0.1",
        "--set",
        "limits.lead-time=PT0S",
        "--set",
        "limits.active-reports=1000",
        "--set",
        "limits.queries=1000000");
  }
}
