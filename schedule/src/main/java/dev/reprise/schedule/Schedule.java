package dev.reprise.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When a report is due: the grid of its slots and how many reports it may generate.
///
/// - Shape: slot k is `start + k * interval`, k = 0, 1, 2, ..., up to and including `end`. The grid
///   never moves.
/// - Units: slots are whole seconds, UTC; the interval is in whole hours when callers write it.
/// - Limits: a slot past [Instant#MAX] does not exist; nothing overflows.
/// - Source: the lifecycle, "The grid".
///
/// @param count how many reports are to be generated; empty for no end
public record Schedule(
    Instant start, Duration interval, Optional<Integer> count, Optional<Instant> end) {
  /// A later time cannot be written: years have four digits.
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  public Schedule {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("interval " + interval + " is not positive");
    }
    if (count.isPresent() && count.get() < 1) {
      throw new IllegalArgumentException("count " + count.get() + " is not positive");
    }
  }

  /// The first slot at or after an instant, or empty if the end comes before it.
  public Optional<Instant> firstFrom(Instant instant) {
    if (!instant.isAfter(start)) {
      return beforeEnd(start);
    }
    Instant before = newestThrough(start, instant);
    return before.equals(instant) ? beforeEnd(before) : after(before);
  }

  /// The first slot after an instant, which need not be a slot itself.
  public Optional<Instant> firstAfter(Instant instant) {
    return instant.isBefore(start) ? beforeEnd(start) : after(newestThrough(start, instant));
  }

  /// The slot after another.
  public Optional<Instant> after(Instant slot) {
    boolean exists = Duration.between(slot, LAST).compareTo(interval) >= 0;
    return exists ? beforeEnd(slot.plus(interval)) : Optional.empty();
  }

  /// The slots from `first`, which is one, up to and including an instant.
  public Optional<Slots> through(Instant first, Instant instant) {
    Instant last = end.filter(instant::isAfter).orElse(instant);
    return last.isBefore(first)
        ? Optional.empty()
        : Optional.of(new Slots(first, newestThrough(first, last), interval));
  }

  /// The slots from `first`, which is one, up to but not including an instant.
  public Optional<Slots> before(Instant first, Instant instant) {
    return through(first, instant).flatMap(slots -> slots.before(instant));
  }

  /// How many reports may still be generated; a schedule without a count never runs out.
  public int remaining(int generated) {
    return count.map(all -> Math.max(0, all - generated)).orElse(Integer.MAX_VALUE);
  }

  /// The first instant at which the end has passed: a slot may equal the end. Empty without an end.
  Optional<Instant> endPassed() {
    return end.filter(last -> last.isBefore(Instant.MAX.minusSeconds(1)))
        .map(last -> last.plusSeconds(1));
  }

  /// Whether another schedule has the same slots, apart from where they end.
  boolean sameGrid(Schedule other) {
    return start.equals(other.start) && interval.equals(other.interval);
  }

  private Instant newestThrough(Instant first, Instant instant) {
    return first.plus(interval.multipliedBy(Duration.between(first, instant).dividedBy(interval)));
  }

  private Optional<Instant> beforeEnd(Instant slot) {
    return end.isPresent() && slot.isAfter(end.get()) ? Optional.empty() : Optional.of(slot);
  }
}
