package dev.reprise.server.engine;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops one run that is cancelled, takes too long or spills too much, and has its instance let go
/// of what it has read.
///
/// Asks the engine again and again: a statement that is told to stop just before it starts does not
/// hear it. The driver's own timeout is not used, since its error is the same for both cases.
final class DuckDbWatch {
  private static final Logger log = LoggerFactory.getLogger(DuckDbWatch.class);
  private static final long TICK_MILLIS = 25;
  private static final int TICKS_PER_LOOK = 4; // At the folder of what was spilled.
  private static final long SWEEP_MILLIS = 100;

  interface Run<T> {
    T run() throws SQLException;
  }

  private final ScheduledExecutorService ticks;
  private final ScheduledExecutorService sweeps;
  private final Object sweeping = new Object();
  private final Cancel cancel;
  private final long startNanos = System.nanoTime();
  private final long timeoutNanos;
  private volatile boolean spilled;
  private int ticked; // Of the one thread that ticks.

  /// Set under both locks: a statement that is being closed is not touched, nor is its instance.
  private volatile boolean over;

  /// @param sweeps let go of memory, which takes a while, so that no run waits to be stopped for it
  DuckDbWatch(
      ScheduledExecutorService ticks,
      ScheduledExecutorService sweeps,
      Duration timeout,
      Cancel cancel) {
    this.ticks = ticks;
    this.sweeps = sweeps;
    this.cancel = cancel;
    this.timeoutNanos = timeout.toNanos();
  }

  /// @param instance on which it runs
  <T> T over(Statement statement, DuckDbInstance instance, Run<T> run) throws SQLException {
    Optional<Problem> early = problem();
    if (early.isPresent()) {
      throw new SQLTimeoutException(early.get().words());
    }
    ScheduledFuture<?> tick =
        ticks.scheduleWithFixedDelay(
            () -> tick(statement, instance), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    ScheduledFuture<?> sweep =
        sweeps.scheduleWithFixedDelay(
            () -> sweep(instance), SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    try {
      return run.run();
    } finally {
      tick.cancel(false);
      sweep.cancel(false);
      synchronized (this) {
        synchronized (sweeping) {
          over = true;
        }
      }
    }
  }

  /// Why the run had to stop; empty if it had not.
  Optional<Problem> problem() {
    if (cancel.isRequested()) {
      return Optional.of(Problem.CANCELLED);
    }
    if (spilled) {
      return Optional.of(Problem.SPILL_FULL);
    }
    return System.nanoTime() - startNanos >= timeoutNanos
        ? Optional.of(Problem.TIMED_OUT)
        : Optional.empty();
  }

  private void sweep(DuckDbInstance instance) {
    synchronized (sweeping) {
      if (over) {
        return;
      }
      try {
        instance.forgetRead();
      } catch (SQLException | RuntimeException e) {
        // Not thrown: the next sweep tries again.
        log.warn("The memory of a run cannot be seen to", e);
      }
    }
  }

  private synchronized void tick(Statement statement, DuckDbInstance instance) {
    if (over) {
      return;
    }
    ticked++;
    if (ticked % TICKS_PER_LOOK == 0 && instance.isSpillFull()) {
      spilled = true;
    }
    if (problem().isEmpty()) {
      return;
    }
    try {
      statement.cancel();
    } catch (SQLException | RuntimeException e) {
      // Not thrown: the next tick tries again.
      log.warn("A run cannot be stopped", e);
    }
  }
}
