package dev.reprise.schedule;

import dev.reprise.schedule.State.Running;
import java.time.Instant;
import java.util.Optional;

/// What a report has done and what it owes, whether it is paused or not.
///
/// - Shape: every slot before `next` has its outcome, apart from the one under way and those of the
///   backlog. The backlog never holds more slots than the count has places.
///
/// @param next the first slot of the grid without an outcome; empty if the schedule has none
/// @param backlog missed slots that run first
/// @param generated how many reports have been generated
/// @param failures how many slots in a row have failed
public record Progress(
    Optional<Instant> next,
    Optional<Backlog> backlog,
    Optional<Running> running,
    int generated,
    int failures) {

  /// Nothing done yet.
  static Progress from(Optional<Instant> next) {
    return new Progress(next, Optional.empty(), Optional.empty(), 0, 0);
  }

  Progress next(Optional<Instant> slot) {
    return new Progress(slot, backlog, running, generated, failures);
  }

  Progress backlog(Optional<Backlog> slots) {
    return new Progress(next, slots, running, generated, failures);
  }

  Progress running(Optional<Running> execution) {
    return new Progress(next, backlog, execution, generated, failures);
  }

  Progress failures(int inARow) {
    return new Progress(next, backlog, running, generated, inARow);
  }

  Progress generated(int reports) {
    return new Progress(next, backlog, running, reports, failures);
  }

  /// Whether an execution is under way or a backlog is left: slots that come due now have to wait.
  boolean isBusy() {
    return running.isPresent() || backlog.isPresent();
  }

  /// Whether nothing is left, neither under way nor to come.
  boolean isOver() {
    return !isBusy() && next.isEmpty();
  }

  /// How many executions may still start; the one under way holds a place.
  int places(Schedule schedule) {
    int held = running.isPresent() ? 1 : 0;
    return Math.max(0, schedule.remaining(generated) - held);
  }
}
