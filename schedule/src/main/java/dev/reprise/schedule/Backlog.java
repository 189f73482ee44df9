package dev.reprise.schedule;

import java.time.Instant;
import java.util.Optional;

/// Missed slots that somebody, or the misfire policy, chose to run: one at a time, oldest first,
/// before any slot that comes later.
///
/// - Shape: one unbroken range. It keeps its own step, since it outlives a change of the grid.
///
/// @param mergedFrom the oldest slot whose data the file of the first slot covers as well; empty if
///   that file covers its own slot only
public record Backlog(Slots slots, Optional<Instant> mergedFrom) {
  static Backlog of(Slots slots) {
    return new Backlog(slots, Optional.empty());
  }

  /// The slot that runs first.
  public Instant first() {
    return slots.first();
  }

  /// What is left when the first has started.
  Optional<Backlog> rest() {
    return slots.butFirst(1).map(Backlog::of);
  }

  /// The oldest `count` of it.
  Optional<Backlog> first(long count) {
    return slots.first(count).map(kept -> new Backlog(kept, mergedFrom));
  }
}
