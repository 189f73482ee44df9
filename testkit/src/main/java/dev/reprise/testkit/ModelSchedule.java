package dev.reprise.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A schedule, in the model of a report: walks its grid slot by slot.
public record ModelSchedule(
    Instant start, int hours, Optional<Integer> count, Optional<Instant> end) {

  /// The first slot after an instant.
  public Optional<Instant> after(Instant instant) {
    Instant slot = start;
    while (!slot.isAfter(instant)) {
      slot = slot.plus(Duration.ofHours(hours));
    }
    return end.isPresent() && slot.isAfter(end.get()) ? Optional.empty() : Optional.of(slot);
  }

  boolean has(Instant slot) {
    return after(slot.minusNanos(1)).equals(Optional.of(slot));
  }

  boolean sameGrid(ModelSchedule other) {
    return start.equals(other.start) && hours == other.hours;
  }
}
