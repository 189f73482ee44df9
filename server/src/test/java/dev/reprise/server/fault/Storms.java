package dev.reprise.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Receiver;
import dev.reprise.server.world.Receiver.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Several storms at a time, and how far they have come.
public final class Storms implements AutoCloseable {
  private static final int LEAST = 60; // Acknowledged changes with a reason.
  private static final Duration STILL = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(10);

  private final List<Storm> storms;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> raging = new ArrayList<>();

  public Storms(List<Storm> storms) {
    this.storms = List.copyOf(storms);
  }

  public List<Storm> all() {
    return storms;
  }

  /// How many changes were acknowledged so far.
  public int answered() {
    return storms.stream().mapToInt(Storm::answered).sum();
  }

  /// Does something on a thread of its own, such as to let one of them rage.
  public void beside(Runnable rage) {
    raging.add(threads.submit(rage));
  }

  /// Waits until so many more changes were acknowledged, or none were for a while.
  public void await(int more) throws Exception {
    int before = answered();
    int wanted = before + more;
    long changed = System.nanoTime();
    while (before < wanted && System.nanoTime() - changed < STILL.toNanos()) {
      look();
      if (answered() > before) {
        before = answered();
        changed = System.nanoTime();
      }
    }
  }

  /// Waits until so many more changes were acknowledged, however long it takes: the service has to
  /// get well by itself.
  public void awaitWell(int more) throws Exception {
    int wanted = answered() + more;
    while (answered() < wanted) {
      assertThat(raging).as("who rages").anyMatch(one -> !one.isDone());
      look();
    }
  }

  /// What went wrong in one of them is what went wrong here.
  private void look() throws Exception {
    for (Future<?> one : raging) {
      if (one.isDone()) {
        one.get();
      }
    }
    TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
  }

  /// That each report is where it was said to be.
  public void checkStates(String baseUrl) {
    storms.forEach(storm -> new Reckoning(storm, baseUrl).states(storm));
  }

  /// All that has to hold in the end, at a service with a test clock; tells what it has found.
  ///
  /// @param receiver of the callbacks
  public void reckon(String baseUrl, Receiver receiver) {
    Set<String> heard =
        receiver.received().stream()
            .map((Received request) -> request.header("webhook-id"))
            .collect(Collectors.toSet());
    long files = 0;
    long changes = 0;
    for (Storm storm : storms) {
      var reckoning = new Reckoning(storm, baseUrl);
      reckoning.all(storm, heard);
      files += reckoning.files();
      changes += reckoning.changes();
      System.out.printf(
          "%d changes, %d slots, %d files%n",
          reckoning.changes(), reckoning.slots(), reckoning.files());
    }
    assertThat(files).isPositive();
    assertThat(changes).isGreaterThan(LEAST);
  }

  /// Waits until all have ended, as they do when the service does.
  public void end() throws Exception {
    for (Future<?> one : raging) {
      one.get();
    }
    raging.clear();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
