package dev.reprise.server.clock;

import dev.reprise.api.ErrorCode;
import dev.reprise.server.callback.Sender;
import dev.reprise.server.execution.Dispatcher;
import dev.reprise.server.execution.ExecutionStore;
import dev.reprise.server.retention.Retention;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// Moves the test clock and runs everything that comes due on the way, each at its own slot, and
/// makes every attempt at a callback at its own time. Result files that are too old by then go.
public final class TimeMachine {
  private final TestClock clock;
  private final ExecutionStore executions;
  private final Dispatcher dispatcher;
  private final Sender callbacks;
  private final Retention retention;
  private final ReentrantLock moving = new ReentrantLock();

  public TimeMachine(
      TestClock clock,
      ExecutionStore executions,
      Dispatcher dispatcher,
      Sender callbacks,
      Retention retention) {
    this.clock = clock;
    this.executions = executions;
    this.dispatcher = dispatcher;
    this.callbacks = callbacks;
    this.retention = retention;
  }

  Instant now() {
    return clock.instant();
  }

  /// Stops at every instant at which something is due, waits until it is done, and goes on.
  ///
  /// @param target where the clock stands in the end, given where it stands now
  Move move(Target target) {
    moving.lock();
    try {
      Instant from = clock.instant();
      Instant to = target.from(from);
      if (to.isBefore(from)) {
        throw ErrorCode.VALUE_INVALID.because(
            "the clock stands at " + from + " and moves forward only, not to " + to);
      }
      long before = dispatcher.ended();
      awaitIdle();
      do {
        for (Optional<Instant> due = due(to); due.isPresent(); due = due(to)) {
          stepTo(due.get());
        }
      } while (!clock.moveTo(to));
      awaitIdle();
      retention.enforce();
      return new Move(from, to, dispatcher.ended() - before);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while moving the clock", e);
    } finally {
      moving.unlock();
    }
  }

  private Optional<Instant> due(Instant to) {
    return Stream.of(executions.nextWake(), callbacks.nextDue())
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder())
        .filter(wake -> !wake.isAfter(to));
  }

  /// What is due now already came due since it was looked for; it only needs waiting for.
  private void stepTo(Instant due) throws InterruptedException {
    if (due.isAfter(clock.instant()) && !clock.moveTo(due)) {
      return; // Something earlier came up.
    }
    awaitIdle();
  }

  /// What completes has callbacks; no callback has executions.
  private void awaitIdle() throws InterruptedException {
    dispatcher.awaitIdle();
    callbacks.awaitIdle();
  }

  /// Where to move the clock.
  interface Target {
    Instant from(Instant now);
  }

  /// A move of the clock.
  ///
  /// @param executions how many ended on the way
  record Move(Instant from, Instant to, long executions) {}
}
