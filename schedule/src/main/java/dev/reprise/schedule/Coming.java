package dev.reprise.schedule;

import dev.reprise.schedule.Outcome.Moved;
import dev.reprise.schedule.State.Active;
import dev.reprise.schedule.State.Inactive;
import dev.reprise.schedule.State.Paused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What time will bring to a report if nobody does anything.
final class Coming {
  private Coming() {}

  /// The slots that come due from an instant on, as far as the count and the end allow, if every
  /// execution makes its file. Of a pause without `until` nothing comes.
  static List<Instant> next(State state, Schedule schedule, Instant now, int count) {
    return switch (state) {
      case Active(var done) -> next(done, schedule, now, count);
      case Paused paused ->
          paused.until().flatMap(until -> resumed(until, paused, schedule)).stream()
              .flatMap(to -> next(to, schedule, paused.until().orElse(now), count).stream())
              .toList();
      case Inactive inactive -> List.of();
    };
  }

  private static Optional<State> resumed(Instant until, Paused paused, Schedule schedule) {
    return Resumes.resume(until, Optional.empty(), paused, schedule).outcome()
            instanceof Moved moved
        ? Optional.of(moved.to())
        : Optional.empty();
  }

  private static List<Instant> next(Progress done, Schedule schedule, Instant now, int count) {
    Optional<Slots> passed = done.next().flatMap(next -> schedule.before(next, now));
    long waiting = Slots.count(done.backlog().map(Backlog::slots)) + (passed.isPresent() ? 1 : 0);
    long most = Math.min(count, done.places(schedule) - waiting);
    Optional<Instant> first =
        passed.isPresent() ? schedule.after(passed.get().last()) : done.next();
    return most <= 0
        ? List.of()
        : Stream.iterate(first, Optional::isPresent, slot -> slot.flatMap(schedule::after))
            .limit(most)
            .map(Optional::orElseThrow)
            .toList();
  }

  /// When [Event.Tick] next has something to do; empty if only other events can move the report.
  static Optional<Instant> wake(State state, Schedule schedule) {
    return switch (state) {
      case Active(var done) ->
          done.running().isPresent()
              ? retry(done)
              : done.backlog().map(Backlog::first).or(done::next);
      case Paused(var since, var until, var catchUp, var done) -> {
        boolean owes = done.next().isPresent() || done.backlog().isPresent();
        yield Stream.of(until, schedule.endPassed().filter(end -> owes), retry(done))
            .flatMap(Optional::stream)
            .min(Instant::compareTo);
      }
      case Inactive inactive -> Optional.empty();
    };
  }

  private static Optional<Instant> retry(Progress done) {
    return done.running().flatMap(State.Running::retryAt);
  }
}
