package dev.reprise.server.execution;

import dev.reprise.schedule.CatchUp;
import dev.reprise.server.execution.ExecutionStore.Due;
import dev.reprise.server.loop.DueLoop;
import dev.reprise.server.loop.DueLoop.Sleep;
import dev.reprise.server.report.Executing;
import dev.reprise.server.report.Owner;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.report.ReportStore.Deleted;
import dev.reprise.server.rights.User;
import dev.reprise.server.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The loop that starts what is due: claims from the store as many attempts as there are free
/// workers, hands them over, and waits for time, a change or a free worker. Users take turns.
///
/// A worker is free once its query has ended well. The disk may take longer to keep a small file
/// than the query did to write it, so meanwhile the next one runs.
///
/// - Limits: so many queries at a time as there are workers, and as many attempts more whose
///   outcome is being kept; when there are as many as that, a worker keeps its own and takes no
///   other.
public final class Dispatcher implements Executing, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /// How long what was seen to be due stands for what is due: what comes due meanwhile waits so
  /// long for its turn, when there is much.
  private static final Duration FRESH = Duration.ofSeconds(1);

  /// Users take turns among so many reports.
  private static final int MOST_LOOKED_AT = 20_000;

  private final ExecutionStore store;
  private final Runner runner;
  private final InstantSource clock;
  private final CatchUp misfire;
  private final Workers workers; // Only while the loop is locked.
  private final ExecutorService pool;
  private final DueLoop loop =
      new DueLoop("dispatcher", this::startDue, Dispatcher::failed, Dispatcher::again);
  private final AtomicLong ended = new AtomicLong();
  private final DueQueue due = new DueQueue(); // Of the loop alone, as are the next three.
  private long looked;
  private volatile boolean toTakeOver;
  private final Set<ReportId> unsure = new HashSet<>();

  public Dispatcher(
      ExecutionStore store, Runner runner, InstantSource clock, CatchUp misfire, int workers) {
    this.store = store;
    this.runner = runner;
    this.clock = clock;
    this.misfire = misfire;
    this.workers = new Workers(workers);
    this.pool =
        Executors.newFixedThreadPool(
            2 * workers, Thread.ofPlatform().name("worker-", 1).daemon().factory());
  }

  /// Takes back what a dead process left, then starts what is due from now on.
  public void start() {
    recover();
    loop.start();
  }

  /// Takes back soon what nodes left that are gone, and stops what is no longer ours: it was
  /// cancelled elsewhere, or we were thought to be gone.
  public void takeOver() {
    toTakeOver = true;
    wake();
  }

  private void recover() {
    int left = store.recover(clock.instant(), misfire);
    if (left > 0) {
      LOG.info("{} executions were under way when their node stopped; they start again", left);
    }
  }

  @Override
  public void stop(ReportId report, Instant slot) {
    runner.stop(report, slot);
  }

  @Override
  public void remove(Deleted deleted) {
    runner.remove(deleted);
    wake();
  }

  @Override
  public void wake() {
    loop.wake();
  }

  /// Waits until nothing is due and nothing runs.
  ///
  /// @throws RuntimeException what keeps due executions from being started, if anything does
  public void awaitIdle() throws InterruptedException {
    loop.awaitIdle();
  }

  /// Whether it still starts what is due.
  public boolean isAlive() {
    return loop.isAlive();
  }

  /// Whether the last try to start what is due failed.
  public boolean isFailing() {
    return loop.isFailing();
  }

  /// How many executions have ended, completed or failed, since the start.
  public long ended() {
    return ended.get();
  }

  /// Starts nothing more and lets running attempts go on for a moment; the store gives back the
  /// rest at the next start.
  @Override
  public void close() {
    try {
      loop.stop();
      pool.shutdown();
      if (!pool.awaitTermination(5, TimeUnit.SECONDS)) {
        runner.stop();
        pool.awaitTermination(5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void failed(Throwable why) {
    String what = "Starting due executions failed; trying again each second: {}";
    if (why instanceof StoreException store) {
      LOG.error(what, store.why());
    } else {
      LOG.error(what, why.getMessage(), why);
    }
  }

  private static void again() {
    LOG.info("Due executions start again");
  }

  private Sleep startDue() {
    if (toTakeOver) {
      recover();
      runner.stopUnclaimed();
      toTakeOver = false;
    }
    int free = loop.computed(workers::free);
    if (free == 0) {
      return Sleep.untilWoken(); // A worker that becomes free wakes the loop.
    }
    Instant now = clock.instant();
    giveBackUnsure(now);
    if (due.isEmpty() || System.nanoTime() - looked > FRESH.toNanos()) {
      Optional<Instant> next = store.nextWake();
      if (next.filter(wake -> !wake.isAfter(now)).isEmpty()) {
        due.fill(List.of());
        return Sleep.idle(
            next.map(wake -> Duration.between(now, wake)).orElse(DueLoop.LONGEST_SLEEP));
      }
      due.fill(store.due(now, MOST_LOOKED_AT));
      looked = System.nanoTime();
    }
    for (int i = 0; i < free; i++) {
      Set<User> full = loop.computed(workers::usersWithTheirShare);
      Optional<Due> next = due.poll(user -> !full.contains(user));
      if (next.isEmpty() && !due.isEmpty()) {
        return Sleep.untilWoken(); // What is left is of users who wait for a worker of their own.
      }
      next.flatMap(one -> claim(one.report(), now)).ifPresent(this::hand);
    }
    return Sleep.only(Duration.ZERO); // There may be more.
  }

  /// When the store fails, the claim may be there all the same.
  private Optional<Attempt> claim(ReportId report, Instant now) {
    try {
      Optional<Attempt> attempt = store.claim(report, now, misfire);
      unsure.remove(report);
      return attempt;
    } catch (StoreException e) {
      unsure.add(report);
      throw e;
    }
  }

  private void giveBackUnsure(Instant now) {
    for (ReportId report : List.copyOf(unsure)) {
      if (!runner.isMaking(report)) { // An attempt before it, which ends soon.
        if (store.giveBack(report, now, misfire)) {
          LOG.info("Report {} was claimed by nobody; it starts again", report);
        }
        unsure.remove(report);
      }
    }
  }

  private void hand(Attempt attempt) {
    Workers.Place place =
        loop.computed(() -> {
          loop.begun();
          return workers.take(owner(attempt));
        });
    try {
      pool.execute(() -> attempt(attempt, place));
    } catch (RuntimeException | Error e) { // The system has no thread for it.
      end(place);
      unsure.add(attempt.report().id());
      throw e;
    }
  }

  private void attempt(Attempt attempt, Workers.Place place) {
    try {
      if (runner.run(attempt, () -> leaveEarly(place))) {
        ended.incrementAndGet();
      }
    } finally {
      end(place);
    }
  }

  private void leaveEarly(Workers.Place place) {
    loop.locked(() -> {
      if (place.leaveEarly()) {
        loop.wake();
      }
    });
  }

  private void end(Workers.Place place) {
    loop.locked(() -> {
      place.end();
      loop.ended();
    });
  }

  private static User owner(Attempt attempt) {
    Owner owner = attempt.report().owner();
    return new User(owner.tenant(), owner.user());
  }
}
