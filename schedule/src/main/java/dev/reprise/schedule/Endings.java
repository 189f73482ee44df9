package dev.reprise.schedule;

import dev.reprise.schedule.Outcome.Ended;
import dev.reprise.schedule.Outcome.Unchanged;
import dev.reprise.schedule.Skipped.Reason;
import dev.reprise.schedule.State.Active;
import dev.reprise.schedule.State.End;
import dev.reprise.schedule.State.Inactive;
import dev.reprise.schedule.State.Paused;
import dev.reprise.schedule.State.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the end of an execution does: the count moves, a failure is tried again or gives its place
/// back, and the slots that came due meanwhile are settled.
final class Endings {
  private Endings() {}

  static Outcome completed(Instant now, State state, Schedule schedule) {
    if (state.running().isEmpty()) {
      throw Lifecycle.noExecution(state);
    }
    int generated = state.generated() + 1;
    if (schedule.remaining(generated) == 0) {
      boolean whilePaused = state instanceof Paused;
      return Lifecycle.ended(
          new Inactive(End.COUNT_USED_UP, whilePaused, generated), List.of(), Ended.COMPLETED);
    }
    return settle(now, idle(state, state.next(), generated), Ended.COMPLETED, schedule);
  }

  static Outcome failed(Instant now, boolean retry, State state, Schedule schedule) {
    Running running = state.running().orElseThrow(() -> Lifecycle.noExecution(state));
    if (retry && running.attempt() <= Lifecycle.RETRY_AFTER.size()) {
      Duration wait = Lifecycle.RETRY_AFTER.get(running.attempt() - 1);
      var again = new Running(running.slot(), running.attempt(), Optional.of(now.plus(wait)));
      return Lifecycle.moved(with(Optional.of(again), state));
    }
    return settle(now, idle(state, state.next(), state.generated()), Ended.FAILED, schedule);
  }

  /// The attempt is made again at once and under the same number: nobody knows how far it came.
  /// Slots that passed since were missed in an outage.
  static Outcome lost(Instant now, CatchUp misfire, State state, Schedule schedule) {
    Running running = state.running().orElseThrow(() -> Lifecycle.noExecution(state));
    if (running.retryAt().isPresent()) {
      return new Unchanged(); // No attempt was under way.
    }
    var again = Optional.of(new Running(running.slot(), running.attempt() - 1, Optional.of(now)));
    Optional<Instant> missed = state.next().filter(slot -> !slot.isAfter(now));
    if (missed.isEmpty() || !(state instanceof Active active)) {
      return Lifecycle.moved(with(again, state));
    }
    boolean backlog =
        active.backlogUntil().filter(until -> !missed.get().isAfter(until)).isPresent();
    if (backlog) {
      return Lifecycle.moved(with(again, state));
    }
    Late late = Late.of(now, missed.get(), misfire, schedule);
    return Lifecycle.skipped(
        new Active(late.next(), again, late.runs(), active.generated()), late.skipped());
  }

  static State with(Optional<Running> running, State state) {
    return switch (state) {
      case Active active ->
          new Active(active.next(), running, active.backlogUntil(), active.generated());
      case Paused paused -> new Paused(paused.since(), paused.next(), running, paused.generated());
      case Inactive inactive -> throw Lifecycle.noExecution(inactive);
    };
  }

  private static State idle(State state, Optional<Instant> next, int generated) {
    return switch (state) {
      case Active active ->
          next.isEmpty()
              ? new Inactive(End.END_PASSED, false, generated)
              : new Active(next, Optional.empty(), active.backlogUntil(), generated);
      case Paused paused ->
          next.isEmpty()
              ? new Inactive(End.END_PASSED, true, generated)
              : new Paused(paused.since(), next, Optional.empty(), generated);
      case Inactive inactive -> throw Lifecycle.noExecution(inactive);
    };
  }

  private static Outcome settle(Instant now, State idle, Ended ended, Schedule schedule) {
    return idle instanceof Active active
        ? settle(now, active, ended, schedule)
        : Lifecycle.ended(idle, List.of(), ended);
  }

  /// Of the slots that came due while it ran the newest is next; those of a backlog all are.
  private static Outcome settle(Instant now, Active active, Ended ended, Schedule schedule) {
    Instant next = active.next().orElseThrow();
    boolean backlog = active.backlogUntil().filter(until -> !next.isAfter(until)).isPresent();
    if (backlog) {
      return Lifecycle.ended(active, List.of(), ended);
    }
    Instant newest = next.isAfter(now) ? next : schedule.newest(next, now);
    // A slot that has passed is no misfire: it starts now, however late that is.
    Optional<Instant> late = newest.isAfter(now) ? Optional.empty() : Optional.of(newest);
    var settled = new Active(Optional.of(newest), Optional.empty(), late, active.generated());
    return Lifecycle.ended(settled, schedule.skipBefore(newest, next, Reason.OVERLAP), ended);
  }
}
