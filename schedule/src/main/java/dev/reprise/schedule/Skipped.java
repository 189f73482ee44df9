package dev.reprise.schedule;

import java.time.Instant;

/// Neighbouring missed slots that will never run.
///
/// @param last counted in, like `first`
public record Skipped(Instant first, Instant last, long count, Reason reason) {

  /// Why they will never run.
  public enum Reason {
    /// They passed during a pause.
    PAUSED,
    /// They passed while an earlier slot's execution was under way.
    OVERLAP,
    /// They passed while nothing could start them.
    OUTAGE
  }
}
