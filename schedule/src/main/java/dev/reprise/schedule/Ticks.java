package dev.reprise.schedule;

import dev.reprise.schedule.Outcome.Moved;
import dev.reprise.schedule.Outcome.Start;
import dev.reprise.schedule.Outcome.Unchanged;
import dev.reprise.schedule.State.Active;
import dev.reprise.schedule.State.End;
import dev.reprise.schedule.State.Inactive;
import dev.reprise.schedule.State.Paused;
import dev.reprise.schedule.State.Running;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the passing of time does: due slots start, late ones are caught up or skipped, pauses and
/// schedules end. A tick does one thing; if more is due, the next one does it.
final class Ticks {
  private Ticks() {}

  static Outcome onActive(Instant now, CatchUp misfire, Active active, Schedule schedule) {
    Progress done = active.done();
    if (done.running().isPresent()) {
      return retry(now, done)
          .<Outcome>map(
              again -> started(new Active(done.running(Optional.of(again))), List.of(), again))
          .orElseGet(Unchanged::new);
    }
    if (done.backlog().isPresent()) {
      return start(done, List.of());
    }
    Optional<Slots> due = done.next().flatMap(next -> schedule.through(next, now));
    if (due.isEmpty()) {
      return new Unchanged();
    }
    // Usually it is one slot, on time; after an outage it is neither.
    Choice late = Choice.misfire(now, misfire, due.get(), done.places(schedule));
    Progress settled = done.next(schedule.after(due.get().last())).backlog(late.runs());
    if (settled.isOver()) {
      return Moved.to(new Inactive(End.END_PASSED, false, done.generated()), late.skipped());
    }
    return late.runs().isPresent()
        ? start(settled, late.skipped())
        : Moved.to(new Active(settled), late.skipped());
  }

  /// Starts the first of the backlog.
  private static Outcome start(Progress done, List<Skipped> skipped) {
    Backlog backlog = done.backlog().orElseThrow();
    var running = new Running(backlog.first(), 1, Optional.empty(), backlog.mergedFrom());
    return started(
        new Active(done.backlog(backlog.rest()).running(Optional.of(running))), skipped, running);
  }

  static Outcome onPaused(Instant now, Paused paused, Schedule schedule) {
    Optional<Instant> end = endDue(now, paused, schedule);
    Optional<Instant> until = paused.until().filter(at -> !at.isAfter(now));
    if (until.isPresent() && end.filter(until.get()::isAfter).isEmpty()) {
      // However late this comes: the paused span ended when it was to end.
      return Resumes.resume(until.get(), Optional.empty(), paused, schedule).outcome();
    }
    if (end.isPresent()) {
      return end(now, paused, schedule);
    }
    Progress done = paused.done();
    return retry(now, done)
        .<Outcome>map(
            again -> started(paused.with(done.running(Optional.of(again))), List.of(), again))
        .orElseGet(Unchanged::new);
  }

  /// When the end of the schedule passed, if it has and slots are left for which that matters.
  private static Optional<Instant> endDue(Instant now, Paused paused, Schedule schedule) {
    boolean owes = paused.done().next().isPresent() || paused.done().backlog().isPresent();
    return schedule.endPassed().filter(at -> owes && !at.isAfter(now));
  }

  /// The end passes during a pause: nothing that waits will run.
  private static Outcome end(Instant now, Paused paused, Schedule schedule) {
    Progress done = paused.done();
    Missed missed =
        new Missed(
            done.backlog(),
            done.next().flatMap(next -> schedule.through(next, now)),
            Optional.of(paused.since()));
    Progress left = done.next(Optional.empty()).backlog(Optional.empty());
    return Moved.to(
        left.isOver() ? new Inactive(End.END_PASSED, true, done.generated()) : paused.with(left),
        missed.skipAll());
  }

  private static Optional<Running> retry(Instant now, Progress done) {
    return done.running()
        .filter(failed -> failed.retryAt().filter(at -> !at.isAfter(now)).isPresent())
        .map(failed ->
            new Running(
                failed.slot(), failed.attempt() + 1, Optional.empty(), failed.mergedFrom()));
  }

  private static Outcome started(State to, List<Skipped> skipped, Running running) {
    var start = new Start(running.slot(), running.attempt(), running.mergedFrom());
    return new Moved(to, skipped, Optional.of(start), Optional.empty());
  }
}
