package dev.reprise.server.clock;

import dev.reprise.api.ErrorCode;
import dev.reprise.server.execution.Dispatcher;
import dev.reprise.server.execution.ExecutionStore;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Moves the test clock and runs everything that comes due on the way, each at its own slot.
public final class TimeMachine {
  private final TestClock clock;
  private final ExecutionStore executions;
  private final Dispatcher dispatcher;
  private final ReentrantLock moving = new ReentrantLock();

  public TimeMachine(TestClock clock, ExecutionStore executions, Dispatcher dispatcher) {
    this.clock = clock;
    this.executions = executions;
    this.dispatcher = dispatcher;
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
      dispatcher.awaitIdle();
      do {
        for (Optional<Instant> due = due(to); due.isPresent(); due = due(to)) {
          stepTo(due.get());
        }
      } while (!clock.moveTo(to));
      dispatcher.awaitIdle();
      return new Move(from, to, dispatcher.ended() - before);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while moving the clock", e);
    } finally {
      moving.unlock();
    }
  }

  private Optional<Instant> due(Instant to) {
    return executions.nextWake().filter(wake -> !wake.isAfter(to));
  }

  /// What is due now already came due since it was looked for; it only needs waiting for.
  private void stepTo(Instant due) throws InterruptedException {
    if (due.isAfter(clock.instant()) && !clock.moveTo(due)) {
      return; // Something earlier came up.
    }
    dispatcher.awaitIdle();
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
