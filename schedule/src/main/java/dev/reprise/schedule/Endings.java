package dev.reprise.schedule;

import dev.reprise.schedule.Outcome.Ended;
import dev.reprise.schedule.Outcome.Moved;
import dev.reprise.schedule.Outcome.Unchanged;
import dev.reprise.schedule.Skipped.Reason;
import dev.reprise.schedule.State.Active;
import dev.reprise.schedule.State.End;
import dev.reprise.schedule.State.Inactive;
import dev.reprise.schedule.State.Paused;
import dev.reprise.schedule.State.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the end of an execution does: the count moves, a failure is tried again or gives its place
/// back, and the slots that came due meanwhile are settled.
final class Endings {
  private Endings() {}

  static Outcome completed(Instant now, State state, Schedule schedule) {
    Progress done = underWay(state);
    Progress idle = done.running(Optional.empty()).failures(0).generated(done.generated() + 1);
    return schedule.remaining(idle.generated()) == 0
        ? Moved.ended(
            new Inactive(End.COUNT_USED_UP, state instanceof Paused, idle.generated()),
            leave(now, state, schedule),
            Ended.COMPLETED)
        : goOn(now, state, idle, Ended.COMPLETED, schedule);
  }

  static Outcome failed(Instant now, boolean retry, State state, Schedule schedule) {
    Progress done = underWay(state);
    Running running = done.running().orElseThrow();
    if (retry && running.attempt() <= Lifecycle.RETRY_AFTER.size()) {
      Instant at = after(now, Lifecycle.RETRY_AFTER.get(running.attempt() - 1));
      return Moved.to(with(done.running(again(running, running.attempt(), at)), state));
    }
    Progress idle = done.running(Optional.empty()).failures(done.failures() + 1);
    boolean tooMany = idle.failures() >= Lifecycle.FAILURES_IN_A_ROW && !idle.isOver();
    return tooMany && state instanceof Active
        ? Pauses.automatic(now, idle, schedule)
        : goOn(now, state, idle, Ended.FAILED, schedule);
  }

  /// The attempt is made again at once and under the same number: nobody knows how far it came.
  /// Slots that passed since were missed in an outage.
  static Outcome lost(Instant now, CatchUp misfire, State state, Schedule schedule) {
    Progress done = underWay(state);
    Running running = done.running().orElseThrow();
    if (running.retryAt().isPresent()) {
      return new Unchanged(); // No attempt was under way.
    }
    Progress again = done.running(again(running, running.attempt() - 1, now));
    Optional<Slots> passed = done.next().flatMap(next -> schedule.through(next, now));
    if (passed.isEmpty() || done.backlog().isPresent() || state instanceof Paused) {
      return Moved.to(with(again, state));
    }
    Choice late = Choice.misfire(now, misfire, passed.get(), done.places(schedule));
    return Moved.to(
        new Active(again.next(schedule.after(passed.get().last())).backlog(late.runs())),
        late.skipped());
  }

  /// What a report leaves that ends at an instant: every slot that has come by then.
  static List<Skipped> leave(Instant now, State state, Schedule schedule) {
    List<Skipped> left = new ArrayList<>();
    state
        .progress()
        .flatMap(Progress::backlog)
        .ifPresent(backlog -> left.add(Skipped.of(backlog.slots(), Reason.LIMIT)));
    left.addAll(unchosen(state.next().flatMap(next -> schedule.through(next, now)), state));
    return left;
  }

  /// Skips slots that passed and that nobody can choose any more.
  static List<Skipped> unchosen(Optional<Slots> passed, State state) {
    return switch (state) {
      case Active(var done) -> {
        Reason reason = done.isBusy() ? Reason.OVERLAP : Reason.OUTAGE;
        yield passed.map(slots -> Skipped.of(slots, reason)).stream().toList();
      }
      case Paused paused ->
          new Missed(Optional.empty(), passed, Optional.of(paused.since())).skipAll();
      case Inactive inactive -> List.of();
    };
  }

  private static Outcome goOn(
      Instant now, State state, Progress idle, Ended ended, Schedule schedule) {
    if (idle.isOver()) {
      boolean whilePaused = state instanceof Paused;
      return Moved.ended(
          new Inactive(End.END_PASSED, whilePaused, idle.generated()), List.of(), ended);
    }
    return state instanceof Paused
        ? Moved.ended(with(idle, state), List.of(), ended)
        : settle(now, idle, ended, schedule);
  }

  /// Of the slots that came due while it ran the newest is next, unless a backlog goes first.
  private static Outcome settle(Instant now, Progress idle, Ended ended, Schedule schedule) {
    Optional<Slots> due = idle.next().flatMap(next -> schedule.through(next, now));
    if (due.isEmpty() || idle.backlog().isPresent()) {
      return Moved.ended(new Active(idle), List.of(), ended);
    }
    // A slot that has passed is no misfire: it starts now, however late that is.
    Instant newest = due.get().last();
    Backlog turn = Backlog.of(new Slots(newest, newest, schedule.interval()));
    List<Skipped> skipped =
        due.get().butLast().map(older -> Skipped.of(older, Reason.OVERLAP)).stream().toList();
    return Moved.ended(
        new Active(idle.next(schedule.after(newest)).backlog(Optional.of(turn))), skipped, ended);
  }

  static State with(Progress done, State state) {
    return switch (state) {
      case Active active -> new Active(done);
      case Paused paused -> paused.with(done);
      case Inactive inactive -> throw noExecution(inactive);
    };
  }

  private static Optional<Running> again(Running running, int attempt, Instant at) {
    return Optional.of(new Running(running.slot(), attempt, Optional.of(at), running.mergedFrom()));
  }

  private static Instant after(Instant now, Duration wait) {
    boolean exists = Duration.between(now, Instant.MAX).compareTo(wait) >= 0;
    return exists ? now.plus(wait) : Instant.MAX;
  }

  private static Progress underWay(State state) {
    return state
        .progress()
        .filter(done -> done.running().isPresent())
        .orElseThrow(() -> noExecution(state));
  }

  static IllegalStateException noExecution(State state) {
    return new IllegalStateException("no execution is under way in " + state);
  }
}
