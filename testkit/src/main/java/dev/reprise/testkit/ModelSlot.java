package dev.reprise.testkit;

import java.time.Instant;
import java.util.Optional;

/// A slot that has come, in the model of a report.
///
/// @param hours the interval of the grid that it came on
/// @param outcome what became of it: `waiting` or `running`, or else final
/// @param chosen of one that waits, whether a choice or its turn lets it run
/// @param mergedFrom the oldest slot that is merged into it
public record ModelSlot(
    Instant at, int hours, String outcome, boolean chosen, Optional<Instant> mergedFrom) {
  /// It has come and waits.
  public static final String WAITING = "waiting";

  /// Its execution is under way.
  public static final String RUNNING = "running";

  ModelSlot(Instant at, int hours) {
    this(at, hours, WAITING, false, Optional.empty());
  }

  ModelSlot becomes(String other) {
    return new ModelSlot(at, hours, other, chosen, mergedFrom);
  }

  ModelSlot choose(Optional<Instant> from) {
    return new ModelSlot(at, hours, outcome, true, from);
  }

  /// Whether it waits.
  public boolean waits() {
    return outcome.equals(WAITING);
  }

  boolean waitsUnchosen() {
    return waits() && !chosen;
  }

  boolean waitsChosen() {
    return waits() && chosen;
  }
}
