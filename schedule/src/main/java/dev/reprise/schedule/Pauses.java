package dev.reprise.schedule;

import dev.reprise.api.ErrorCode;
import dev.reprise.schedule.Event.Mode;
import dev.reprise.schedule.Event.Pause;
import dev.reprise.schedule.Outcome.Ended;
import dev.reprise.schedule.Outcome.Moved;
import dev.reprise.schedule.Outcome.Refused;
import dev.reprise.schedule.Outcome.Unchanged;
import dev.reprise.schedule.Skipped.Reason;
import dev.reprise.schedule.State.Active;
import dev.reprise.schedule.State.End;
import dev.reprise.schedule.State.Inactive;
import dev.reprise.schedule.State.Paused;
import dev.reprise.schedule.State.Running;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a pause begins, by somebody or by too many failures.
///
/// - Source: the lifecycle, "Pause" and "Misfires, overlap, failures".
final class Pauses {
  private Pauses() {}

  static Outcome pause(Pause pause, Active active, Schedule schedule) {
    Optional<Refused> never = neverResumes(pause, schedule);
    if (never.isPresent()) {
      return never.get();
    }
    List<Skipped> skipped = new ArrayList<>();
    Progress waiting = overlapped(pause.now(), active.done(), skipped, schedule);
    Optional<Running> stopped = pause.mode() == Mode.CANCEL ? waiting.running() : Optional.empty();
    stopped.ifPresent(running -> skipped.addFirst(cancelled(running, schedule)));
    Progress left = stopped.isPresent() ? waiting.running(Optional.empty()) : waiting;
    State to =
        left.isOver()
            ? new Inactive(End.END_PASSED, true, left.generated())
            : new Paused(pause.now(), pause.until(), pause.catchUp(), left);
    return new Moved(to, skipped, Optional.empty(), stopped.map(running -> Ended.CANCELLED));
  }

  /// The service pauses a report after too many failures in a row, until somebody resumes it.
  ///
  /// @param idle what is left when the last of them has failed
  static Outcome automatic(Instant now, Progress idle, Schedule schedule) {
    List<Skipped> skipped = new ArrayList<>();
    Progress waiting = behind(now, idle, skipped, schedule);
    return Moved.ended(
        new Paused(now, Optional.empty(), Optional.empty(), waiting), skipped, Ended.FAILED);
  }

  /// A pause that could not resume by itself stays until somebody ends it.
  static Outcome hold(Instant now, Paused paused) {
    return paused.until().filter(at -> !at.isAfter(now)).isPresent()
        ? Moved.to(new Paused(paused.since(), Optional.empty(), paused.catchUp(), paused.done()))
        : new Unchanged();
  }

  /// Slots that came due behind an execution: the older are settled as if it ended now. Whether the
  /// newest still runs is for the resume to choose, since it cannot start now.
  private static Progress overlapped(
      Instant now, Progress done, List<Skipped> skipped, Schedule schedule) {
    return done.isBusy() ? behind(now, done, skipped, schedule) : done;
  }

  private static Progress behind(
      Instant now, Progress done, List<Skipped> skipped, Schedule schedule) {
    Optional<Slots> due = done.next().flatMap(next -> schedule.before(next, now));
    due.flatMap(Slots::butLast).ifPresent(older -> skipped.add(Skipped.of(older, Reason.OVERLAP)));
    return due.isPresent() ? done.next(Optional.of(due.get().last())) : done;
  }

  private static Skipped cancelled(Running running, Schedule schedule) {
    return Skipped.of(
        new Slots(running.slot(), running.slot(), schedule.interval()), Reason.CANCELLED);
  }

  private static Optional<Refused> neverResumes(Pause pause, Schedule schedule) {
    return pause
        .until()
        .flatMap(until -> {
          if (!until.isAfter(pause.now())) {
            return Optional.of("until is " + until + " and it is " + pause.now());
          }
          return schedule
              .end()
              .filter(until::isAfter)
              .map(end -> "until is " + until + " and EndTime is " + end);
        })
        .map(why -> new Refused(ErrorCode.PAUSE_UNTIL_INVALID.because(why)));
  }
}
