package dev.reprise.schedule;

import dev.reprise.api.ErrorCode;
import dev.reprise.schedule.Outcome.Refused;
import dev.reprise.schedule.State.Active;
import dev.reprise.schedule.State.End;
import dev.reprise.schedule.State.Inactive;
import dev.reprise.schedule.State.Paused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What another schedule does to a report.
///
/// - Shape: another start or interval makes a new grid, whose slots before the update are not
///   missed; what the old grid still owed is skipped. Another count or end keeps the grid.
/// - Source: the lifecycle, "The grid" and "States and events".
final class Updates {
  private Updates() {}

  /// Refuses a count that what is generated and under way already exceeds: files never do.
  private static Optional<Refused> tooFew(Schedule to, State state) {
    int used = state.generated() + (state.running().isPresent() ? 1 : 0);
    return to.count()
        .filter(count -> count < used)
        .map(count ->
            new Refused(
                ErrorCode.RECURRENCE_COUNT_INVALID.because(
                    "RecurrenceCount is %d and %d have been generated or are under way"
                        .formatted(count, used))));
  }

  static Outcome onActive(Instant now, Schedule to, Active active, Schedule from) {
    Optional<Refused> tooFew = tooFew(to, active);
    if (tooFew.isPresent()) {
      return tooFew.get();
    }
    Optional<Instant> next = next(now, to, active, from);
    boolean over = isOver(next, to, active);
    Optional<Instant> backlog = from.sameGrid(to) ? active.backlogUntil() : Optional.empty();
    return Lifecycle.skipped(
        over ? ended(to, active) : new Active(next, active.running(), backlog, active.generated()),
        owed(now, to, active, from, now));
  }

  static Outcome onPaused(Instant now, Schedule to, Paused paused, Schedule from) {
    Optional<Refused> tooFew = tooFew(to, paused);
    if (tooFew.isPresent()) {
      return tooFew.get();
    }
    Optional<Instant> next = next(now, to, paused, from);
    boolean over = isOver(next, to, paused);
    return Lifecycle.skipped(
        over
            ? ended(to, paused)
            : new Paused(paused.since(), next, paused.running(), paused.generated()),
        owed(now, to, paused, from, paused.since()));
  }

  /// Whether nothing is left, neither a slot with a place nor an execution under way.
  private static boolean isOver(Optional<Instant> next, Schedule to, State state) {
    return state.running().isEmpty() && (next.isEmpty() || to.remaining(state.generated()) == 0);
  }

  /// More to generate, or a later end, make it active again; what passed meanwhile was not due.
  static Outcome onInactive(Instant now, Schedule to, Inactive inactive) {
    Optional<Instant> next =
        to.remaining(inactive.generated()) > 0 ? to.firstFrom(now.plusNanos(1)) : Optional.empty();
    if (next.isEmpty()) {
      End end = to.remaining(inactive.generated()) > 0 ? End.END_PASSED : End.COUNT_USED_UP;
      return Lifecycle.inactive(new Inactive(end, false, inactive.generated()), to);
    }
    return Lifecycle.moved(
        new Active(next, Optional.empty(), Optional.empty(), inactive.generated()));
  }

  private static Optional<Instant> next(Instant now, Schedule to, State state, Schedule from) {
    if (!from.sameGrid(to)) {
      return to.firstFrom(isHandled(now, state, from) ? now.plusNanos(1) : now);
    }
    // Without a next slot, every slot up to the old end has its outcome or its execution.
    return state
        .next()
        .or(() -> from.end().flatMap(end -> to.firstFrom(end.plusNanos(1))))
        .filter(slot -> to.end().filter(slot::isAfter).isEmpty());
  }

  /// Whether the old grid has a slot right now that has started already.
  private static boolean isHandled(Instant now, State state, Schedule from) {
    boolean slotNow = from.firstFrom(now).filter(now::equals).isPresent();
    return slotNow && state.next().filter(now::equals).isEmpty();
  }

  /// Slots of the old grid that have passed without an outcome, when a new grid takes its place.
  ///
  /// @param since from when on they passed in a pause
  private static List<Skipped> owed(
      Instant now, Schedule to, State state, Schedule from, Instant since) {
    Optional<Instant> first = state.next().filter(slot -> slot.isBefore(now));
    return first.isEmpty() || from.sameGrid(to)
        ? List.of()
        : from.skipPaused(first.get(), from.newest(first.get(), now.minusNanos(1)), since);
  }

  private static Inactive ended(Schedule to, State state) {
    End end = to.remaining(state.generated()) > 0 ? End.END_PASSED : End.COUNT_USED_UP;
    return new Inactive(end, state instanceof Paused, state.generated());
  }
}
