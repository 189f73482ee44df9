package dev.reprise.schedule;

import dev.reprise.api.ErrorCode;
import dev.reprise.schedule.Outcome.Moved;
import dev.reprise.schedule.Outcome.Refused;
import dev.reprise.schedule.State.Active;
import dev.reprise.schedule.State.End;
import dev.reprise.schedule.State.Inactive;
import dev.reprise.schedule.State.Paused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What another schedule does to a report.
///
/// - Shape: another start or interval makes a new grid, whose slots before the update are not
///   missed; what the old grid still owed is skipped. Another count or end keeps the grid. A
///   backlog goes on either way, as far as the new count and end let it.
/// - Source: the lifecycle, "The grid" and "States and events".
final class Updates {
  private Updates() {}

  /// Of a report that is active or paused.
  static Outcome onGoing(Instant now, Schedule to, State state, Schedule from) {
    Progress done = state.progress().orElseThrow();
    Optional<Refused> tooFew = tooFew(to, done);
    if (tooFew.isPresent()) {
      return tooFew.get();
    }
    Choice backlog =
        done.backlog()
            .map(left -> Choice.cut(left, Math.min(done.places(to), throughEnd(left, to))))
            .orElse(Choice.NOTHING);
    Progress left = done.next(next(now, to, done, from)).backlog(backlog.runs());
    boolean usedUp = left.running().isEmpty() && to.remaining(left.generated()) == 0;
    boolean over = usedUp || left.isOver();
    List<Skipped> skipped = new ArrayList<>(backlog.skipped());
    Optional<Slots> owed = over ? come(now, done, from) : owed(now, to, done, from);
    skipped.addAll(Endings.unchosen(owed, state));
    return Moved.to(over ? ended(usedUp, state) : Endings.with(left, state), skipped);
  }

  /// More to generate, or a later end, make it active again; what passed meanwhile was not due.
  static Outcome onInactive(Instant now, Schedule to, Inactive inactive) {
    boolean usedUp = to.remaining(inactive.generated()) == 0;
    Optional<Instant> next = usedUp ? Optional.empty() : to.firstAfter(now);
    return next.isEmpty()
        ? Lifecycle.inactive(ended(usedUp, inactive), to)
        : Moved.to(new Active(Progress.from(next).generated(inactive.generated())));
  }

  /// Refuses a count that what is generated and under way already exceeds: files never do.
  private static Optional<Refused> tooFew(Schedule to, Progress done) {
    int used = done.generated() + (done.running().isPresent() ? 1 : 0);
    return to.count()
        .filter(count -> count < used)
        .map(count ->
            new Refused(
                ErrorCode.RECURRENCE_COUNT_INVALID.because(
                    "RecurrenceCount is %d and %d have been generated or are under way"
                        .formatted(count, used))));
  }

  private static long throughEnd(Backlog backlog, Schedule to) {
    Slots slots = backlog.slots();
    return to.end().map(slots::countThrough).orElseGet(slots::count);
  }

  private static Optional<Instant> next(Instant now, Schedule to, Progress done, Schedule from) {
    if (!from.sameGrid(to)) {
      return to.firstAfter(settled(now, done, from));
    }
    if (done.next().isPresent()) {
      boolean cut = owed(now, to, done, from).isPresent();
      return done.next().filter(slot -> !cut && to.end().filter(slot::isAfter).isEmpty());
    }
    // Every slot up to the old end has its outcome or its execution; what passed since was not due.
    return from.end().flatMap(end -> to.firstAfter(end.isAfter(now) ? end : now));
  }

  /// The instant up to which slots of the old grid may have an outcome: now, or later if the clock
  /// was set back since.
  private static Instant settled(Instant now, Progress done, Schedule from) {
    return done.next()
        .filter(next -> Duration.between(from.start(), next).compareTo(from.interval()) >= 0)
        .map(next -> next.minus(from.interval()))
        .filter(now::isBefore)
        .orElse(now);
  }

  /// Slots that have come and will not run, since another grid takes their place or the end is now
  /// before one of them: then none that waits is left, so that those before the end and those after
  /// it do not have to be told apart later.
  private static Optional<Slots> owed(Instant now, Schedule to, Progress done, Schedule from) {
    Optional<Slots> come = come(now, done, from);
    return from.sameGrid(to)
        ? come.filter(slots -> to.end().filter(slots.last()::isAfter).isPresent())
        : come;
  }

  private static Optional<Slots> come(Instant now, Progress done, Schedule from) {
    return done.next().flatMap(next -> from.through(next, now));
  }

  private static Inactive ended(boolean usedUp, State state) {
    return new Inactive(
        usedUp ? End.COUNT_USED_UP : End.END_PASSED, state instanceof Paused, state.generated());
  }
}
