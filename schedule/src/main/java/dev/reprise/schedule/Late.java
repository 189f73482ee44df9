package dev.reprise.schedule;

import dev.reprise.schedule.Skipped.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What becomes of slots that have come while nothing could start them.
///
/// @param next the first slot that is left; empty if the schedule has none
/// @param runs up to which slot the missed ones run; empty if none does
record Late(Optional<Instant> next, Optional<Instant> runs, List<Skipped> skipped) {

  /// @param first the oldest of them, not after `now`
  static Late of(Instant now, Instant first, CatchUp misfire, Schedule schedule) {
    Instant newest = schedule.newest(first, now);
    boolean onTime = !Duration.between(newest, now).minus(Lifecycle.GRACE).isPositive();
    return switch (misfire) {
      case ALL -> new Late(Optional.of(first), Optional.of(newest), List.of());
      case LATEST -> newestRuns(first, newest, schedule);
      case SKIP ->
          onTime
              ? newestRuns(first, newest, schedule)
              : new Late(
                  schedule.after(newest),
                  Optional.empty(),
                  List.of(schedule.skip(first, newest, Reason.OUTAGE)));
    };
  }

  private static Late newestRuns(Instant first, Instant newest, Schedule schedule) {
    return new Late(
        Optional.of(newest),
        Optional.of(newest),
        schedule.skipBefore(newest, first, Reason.OUTAGE));
  }
}
