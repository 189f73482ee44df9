package dev.reprise.schedule;

import java.time.Instant;
import java.util.Optional;

/// Neighbouring slots that will never run, and why.
///
/// @param into the slot whose file has their data, if they were merged
public record Skipped(Slots slots, Reason reason, Optional<Instant> into) {
  public Skipped {
    if (into.isPresent() != (reason == Reason.MERGED)) {
      throw new IllegalArgumentException(reason + " into " + into);
    }
  }

  static Skipped of(Slots slots, Reason reason) {
    return new Skipped(slots, reason, Optional.empty());
  }

  static Skipped merged(Slots slots, Instant into) {
    return new Skipped(slots, Reason.MERGED, Optional.of(into));
  }

  /// Why they will never run.
  public enum Reason {
    /// They passed during a pause, or waited to be caught up, and the resume did not choose them.
    PAUSED,
    /// Their execution was under way and a pause stopped it.
    CANCELLED,
    /// They passed while an earlier slot's execution was under way.
    OVERLAP,
    /// They passed while nothing could start them.
    OUTAGE,
    /// They were chosen, but there is no place: the count, the end, or the most that is caught up.
    LIMIT,
    /// A later slot's file has their data.
    MERGED
  }
}
