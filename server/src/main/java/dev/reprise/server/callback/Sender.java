package dev.reprise.server.callback;

import dev.reprise.server.callback.Attempts.Tried;
import dev.reprise.server.callback.Callback.State;
import dev.reprise.server.log.About;
import dev.reprise.server.loop.DueLoop;
import dev.reprise.server.loop.DueLoop.Sleep;
import dev.reprise.server.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The loop that sends callbacks: takes from the store what is due, by receivers in turn, hands it
/// to threads, and waits for time, a new callback or a free place. Whatever was under way when a
/// process died is still due for the next one.
public final class Sender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

  /// The shortest between two looks at what is due; and how many times longer than a look.
  private static final Duration REST = Duration.ofMillis(10);

  private static final int REST_TIMES = 2;

  /// For how long nobody else makes an attempt: longer than any takes.
  private static final Duration CLAIMED = Duration.ofSeconds(60);

  private static final Duration QUICK = Duration.ofSeconds(2);
  private static final Duration PRUNED_EVERY = Duration.ofHours(1);
  private static final int PRUNED_AT_ONCE = 1_000;
  private static final Duration STORE_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(3);

  private final CallbackStore store;
  private final Attempts attempts;
  private final InstantSource clock;
  private final Duration kept;
  private final Runnable breakOff;
  private final ThreadPoolExecutor pool;
  private final AtomicReference<@Nullable StoreException> unclaimed = new AtomicReference<>();
  private final DueLoop loop =
      new DueLoop("callbacks", this::sendDue, Sender::failed, Sender::again);
  private final Lanes lanes; // Only while the loop is locked.
  private final CallbackTally tally = new CallbackTally();
  private Optional<Instant> pruned = Optional.empty(); // Of the loop alone, as is the next.
  private long restedNanos = System.nanoTime();
  private volatile boolean stopping;

  /// @param outside what makes the attempts
  Sender(CallbackStore store, Outside outside, InstantSource clock, SenderLimits limits) {
    this.store = store;
    this.attempts = outside.attempts();
    this.breakOff = outside.breakOff();
    this.clock = clock;
    this.kept = limits.kept();
    this.lanes = new Lanes(limits.atOnce());
    // Threads of the platform: asking for the address of a name holds whatever thread it runs on.
    this.pool =
        new ThreadPoolExecutor(
            limits.atOnce(),
            limits.atOnce(),
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("callback-", 1).daemon().factory());
    pool.allowCoreThreadTimeOut(true);
  }

  /// What makes attempts.
  ///
  /// @param breakOff ends those under way at once
  record Outside(Attempts attempts, Runnable breakOff) {}

  /// How much is done at once and kept.
  ///
  /// @param atOnce requests at the same time
  /// @param kept how long callbacks are kept once they have ended
  public record SenderLimits(int atOnce, Duration kept) {}

  /// Sends what is due from now on.
  public void start() {
    loop.start();
  }

  /// Something may be due now.
  public void wake() {
    loop.wake();
  }

  /// When a callback is next due.
  public Optional<Instant> nextDue() {
    return store.nextDue();
  }

  /// Waits until nothing is due and nothing is under way.
  ///
  /// @throws RuntimeException what keeps callbacks from being sent or recorded, if anything does
  public void awaitIdle() throws InterruptedException {
    loop.awaitIdle();
  }

  /// Whether it still sends what is due.
  public boolean isAlive() {
    return loop.isAlive();
  }

  /// How attempts have ended.
  public CallbackTally tally() {
    return tally;
  }

  /// Sends nothing more, lets requests under way go on for a moment and breaks off the rest, which
  /// stay due.
  @Override
  public void close() {
    try {
      loop.stop();
      pool.shutdown();
      boolean ended = pool.awaitTermination(LAST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      stopping = true;
      breakOff.run();
      if (!ended) {
        pool.awaitTermination(LAST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void failed(Throwable why) {
    String what = "Sending callbacks failed; trying again each second: {}";
    if (why instanceof StoreException store) {
      LOG.error(what, store.why());
    } else {
      LOG.error(what, why.getMessage(), why);
    }
  }

  private static void again() {
    LOG.info("Callbacks are sent again");
  }

  private Sleep sendDue() {
    StoreException failure = unclaimed.getAndSet(null);
    if (failure != null) {
      throw failure; // What one cannot claim the next cannot either: the loop rests.
    }
    if (loop.computed(lanes::isFull)) {
      return Sleep.untilWoken(); // An attempt that ends wakes the loop.
    }
    Instant now = clock.instant();
    prune(now);
    Optional<Instant> next = store.nextDue();
    if (next.filter(due -> !due.isAfter(now)).isEmpty()) {
      return Sleep.idle(next.map(due -> Duration.between(now, due)).orElse(DueLoop.LONGEST_SLEEP));
    }
    long began = System.nanoTime();
    if (restedNanos - began > 0) {
      return Sleep.only(Duration.ofNanos(restedNanos - began));
    }
    look(now);
    // A look costs the more the more receivers there are: most of the time is left to others.
    long took = System.nanoTime() - began;
    restedNanos =
        began
            + took
            + Math.clamp(took * REST_TIMES, REST.toNanos(), DueLoop.LONGEST_SLEEP.toNanos());
    return Sleep.untilWoken(); // By an attempt that ends, or a new callback.
  }

  /// Looks at what is due to each receiver that may have more, and sends as much as there are
  /// places.
  private void look(Instant now) {
    List<String> due = store.receivers(now);
    for (String receiver : loop.computed(() -> lanes.begin(due))) {
      int wanted = loop.computed(() -> lanes.wanted(receiver));
      if (wanted > 0) {
        List<Due> found = store.due(receiver, now, wanted);
        loop.locked(() -> lanes.offer(receiver, found));
      }
    }
    loop.locked(this::handAll);
  }

  private void handAll() {
    for (Optional<Due> one = lanes.next(); one.isPresent(); one = lanes.next()) {
      Due due = one.get();
      loop.begun();
      pool.execute(() -> About.during("execution " + due.id(), () -> attempt(due)));
    }
    lanes.end();
  }

  private boolean attempt(Due due) {
    Optional<Boolean> quick = Optional.empty();
    try {
      Instant now = clock.instant();
      if (!stopping && store.claim(due, now, now.plus(CLAIMED))) {
        quick = Optional.of(false);
        quick = Optional.of(tried(due));
      }
    } catch (StoreException e) {
      unclaimed.set(e);
    } finally {
      Optional<Boolean> wasQuick = quick;
      loop.locked(() -> {
        wasQuick.ifPresentOrElse(was -> lanes.ended(due, was), () -> lanes.passed(due));
        loop.ended();
      });
    }
    return true;
  }

  /// @return whether the receiver answered, and soon
  private boolean tried(Due due) {
    Tried tried = attempts.make(due);
    boolean answered = tried.attempt().status().isPresent();
    boolean brokenOff = stopping && !answered;
    if (!brokenOff && recorded(due, tried)) {
      tally.count(tried.next().state());
      log(due, tried);
    }
    return answered && tried.attempt().millis() <= QUICK.toMillis();
  }

  /// Tries until the store takes it. When the service stops first, the callback is sent once more
  /// at the next start.
  private boolean recorded(Due due, Tried tried) {
    while (!stopping) {
      try {
        store.record(due, tried.attempt(), tried.next());
        return true;
      } catch (RuntimeException e) {
        LOG.error(
            "What came of the callback of execution {} cannot be stored; trying again: {}",
            due.id(),
            e instanceof StoreException store ? store.why() : e.toString());
        loop.fail(e);
        LockSupport.parkNanos(STORE_RETRY.toNanos());
      }
    }
    return false;
  }

  private static void log(Due due, Tried tried) {
    String error = tried.attempt().error().orElse("");
    switch (tried.next().state()) {
      case State.DELIVERED ->
          LOG.info(
              "The callback of execution {} reached {} at attempt {}",
              due.id(),
              due.receiver(),
              due.tries() + 1);
      case State.WAITING ->
          LOG.info(
              "The callback of execution {} did not reach {} at attempt {}: {}; again at {}",
              due.id(),
              due.receiver(),
              due.tries() + 1,
              error,
              tried.next().due().map(Instant::toString).orElse(""));
      case State.FAILED, State.GONE ->
          LOG.warn(
              "The callback of execution {} to {} is given up after attempt {}: {}",
              due.id(),
              due.receiver(),
              due.tries() + 1,
              error);
    }
  }

  private void prune(Instant now) {
    boolean due = pruned.filter(last -> now.isBefore(last.plus(PRUNED_EVERY))).isEmpty();
    if (due && store.prune(now.minus(kept), PRUNED_AT_ONCE) < PRUNED_AT_ONCE) {
      pruned = Optional.of(now);
    }
  }
}
