package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.reprise.server.trace.Checks;
import dev.reprise.server.trace.Life;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Receiver;
import dev.reprise.server.world.Stores;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Random lives of reports in the running service, on its test clock, with restarts, times of being
/// down and failing queries in between: slot ledger, executions, counters and histories are always
/// those of the model, the watchdog finds nothing, and the chains of the histories hold. Whoever is
/// to be told of completed executions is.
///
/// `-Dtraces.for=PT1H` goes on for an hour, with other seeds than the last time.
@Tag("store")
class TraceTest {
  private static final int LIVES = Stores.POSTGRESQL ? 200 : 1_000;
  private static final int AT_ONCE = 50;
  private static final int STEPS = 12;
  private static final Duration BATCH_LIMIT = Duration.ofMinutes(3);

  @TempDir private Path data;

  private final Receiver receiver = Receiver.that(Receiver.status(204));
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  @Test
  @Timeout(
      value = 2,
      unit = TimeUnit.DAYS) // Longer than a soak; each batch has a limit of its own.
  void whateverHappensTheServiceDoesWhatTheModelDoes() throws Exception {
    String time = System.getProperty("traces.for", "");
    long end = time.isEmpty() ? 0 : System.nanoTime() + Duration.parse(time).toNanos();
    long seed = time.isEmpty() ? 0 : new Random().nextInt(1, 1 << 30) * 1_000L;
    int lived = 0;
    while (lived < LIVES || System.nanoTime() - end < 0) {
      Path folder = data.resolve("batch-" + seed);
      long first = seed;
      assertTimeoutPreemptively(BATCH_LIMIT, () -> new Batch(folder, first).live());
      seed += AT_ONCE;
      lived += AT_ONCE;
      if (!time.isEmpty()) {
        System.out.println(lived + " lives were those of the model, seeds up to " + seed);
      }
    }
  }

  /// Some reports of one service, whose time they share.
  private final class Batch {
    private final Path folder;
    private final Random random;
    private final List<Life> lives = new ArrayList<>();
    private World world;
    private boolean hurt;

    Batch(Path folder, long seed) {
      this.folder = folder;
      this.random = new Random(seed);
      this.world = open();
      String sound = caller().query("SELECT OrderId FROM ISVOrder LIMIT 1");
      String fragile = caller().query("SELECT CustomerId FROM ISVCustomer LIMIT 1");
      for (int i = 0; i < AT_ONCE; i++) {
        boolean breaks = i % 2 == 1;
        var life = new Life(seed + i, world.now(), breaks);
        if (i % 25 == 0) { // Some are enough, and take their time.
          life.tells(receiver.url());
        }
        life.begin(caller(), breaks ? fragile : sound);
        lives.add(life);
      }
    }

    private World open() {
      return World.in(
          folder,
          "--set",
          "limits.active-reports=1000",
          "--set",
          "limits.lead-time=PT0S",
          "--set",
          "callbacks.allow=127.0.0.1");
    }

    private Api caller() {
      return world.as("ada");
    }

    void live() throws Exception {
      try {
        for (int step = 0; step < STEPS; step++) {
          if (random.nextInt(4) == 0) {
            restart();
          } else {
            advance();
          }
          Api caller = caller();
          each(life -> life.order(caller));
          caller.advance("PT0S");
          each(life -> {
            life.come(world.now(), hurt);
            Checks.all(life, caller);
          });
          world.core.watchdog.round();
          assertThat(world.core.watchdog.findings().last()).isEmpty();
        }
        Api caller = caller();
        Set<String> heard =
            receiver.received().stream()
                .map(request -> request.header("webhook-id"))
                .collect(Collectors.toSet());
        each(life -> {
          Checks.callbacks(life, caller, heard);
          Checks.history(life, caller);
          Checks.file(life, caller);
        });
      } finally {
        world.close();
      }
      List<String> faults = new ArrayList<>();
      var audited = Stores.audit(folder, faults::add);
      assertThat(faults).isEmpty();
      assertThat(audited.reports()).isEqualTo(AT_ONCE);
    }

    private void advance() {
      Duration duration = step();
      assertThat(caller().advance(duration.toString()).status()).isEqualTo(200);
      lives.forEach(life -> life.come(world.now(), hurt));
    }

    /// A moment around a slot of some report, or any time.
    private Duration step() {
      Optional<Instant> slot = lives.get(random.nextInt(lives.size())).nextSlot();
      Duration to = Duration.between(world.now(), slot.orElse(world.now()));
      return switch (random.nextInt(5)) {
        case 0 -> to.isPositive() ? to.minusSeconds(1) : to;
        case 1 -> to;
        case 2 -> to.plusSeconds(1);
        case 3 -> Duration.ofSeconds(random.nextInt(400));
        default -> Duration.ofMinutes(random.nextInt(700));
      };
    }

    private void restart() throws SQLException {
      Instant now = world.now();
      world.close();
      if (random.nextBoolean()) {
        hurt = !hurt;
        rename(hurt ? "ISVCustomer" : "Gone", hurt ? "Gone" : "ISVCustomer");
      }
      boolean down = random.nextBoolean();
      Instant then = down ? now.plus(Duration.ofMinutes(random.nextInt(1_500))) : now;
      if (down) {
        setClock(then);
      }
      world = open();
      caller().advance("PT0S");
      lives.forEach(life -> life.sleep(then, hurt));
    }

    private void rename(String from, String to) throws SQLException {
      try (var connection =
              DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("datasets.duckdb"));
          var statement = connection.createStatement()) {
        statement.execute("ALTER TABLE \"%s\" RENAME TO \"%s\"".formatted(from, to));
      }
    }

    private void setClock(Instant to) throws SQLException {
      try (var connection = Stores.connect(folder);
          var statement = connection.prepareStatement("update test_clock set stands_at = ?")) {
        statement.setLong(1, to.toEpochMilli());
        assertThat(statement.executeUpdate()).isEqualTo(1);
      }
    }

    private void each(Consumer<Life> what) throws InterruptedException {
      List<Future<?>> all = new ArrayList<>();
      lives.forEach(life -> all.add(threads.submit(() -> what.accept(life))));
      for (Future<?> one : all) {
        try {
          one.get();
        } catch (ExecutionException e) {
          throw new AssertionError("a life is not that of the model", e.getCause());
        }
      }
    }
  }
}
