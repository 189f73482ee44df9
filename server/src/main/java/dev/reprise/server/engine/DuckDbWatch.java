package dev.reprise.server.engine;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops one run that is cancelled, takes too long or spills too much.
///
/// Asks the engine again and again: a statement that is told to stop just before it starts does not
/// hear it. The driver's own timeout is not used, since its error is the same for both cases.
final class DuckDbWatch {
  private static final Logger log = LoggerFactory.getLogger(DuckDbWatch.class);
  private static final long TICK_MILLIS = 25;
  private static final int TICKS_PER_LOOK = 4; // At the folder of what was spilled.

  interface Run<T> {
    T run() throws SQLException;
  }

  private final ScheduledExecutorService ticks;
  private final Cancel cancel;
  private final long startNanos = System.nanoTime();
  private final long timeoutNanos;
  private volatile boolean spilled;
  private int ticked; // Of the one thread that ticks.
  private boolean over; // Guarded by this: a statement that is being closed is not touched.

  DuckDbWatch(ScheduledExecutorService ticks, Duration timeout, Cancel cancel) {
    this.ticks = ticks;
    this.cancel = cancel;
    this.timeoutNanos = timeout.toNanos();
  }

  /// @param full whether it has spilled more than it may
  <T> T over(Statement statement, BooleanSupplier full, Run<T> run) throws SQLException {
    Optional<Problem> early = problem();
    if (early.isPresent()) {
      throw new SQLTimeoutException(early.get().words());
    }
    ScheduledFuture<?> tick =
        ticks.scheduleWithFixedDelay(
            () -> stopIfDue(statement, full), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    try {
      return run.run();
    } finally {
      tick.cancel(false);
      synchronized (this) {
        over = true;
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

  private synchronized void stopIfDue(Statement statement, BooleanSupplier full) {
    ticked++;
    if (ticked % TICKS_PER_LOOK == 0 && full.getAsBoolean()) {
      spilled = true;
    }
    if (over || problem().isEmpty()) {
      return;
    }
    try {
      statement.cancel();
    } catch (SQLException e) {
      // Not thrown: the next tick tries again.
      log.warn("A run cannot be stopped", e);
    }
  }
}
