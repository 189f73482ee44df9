package dev.reprise.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// When a report is due: the grid of its slots and how many reports it may generate.
///
/// - Shape: slot k is `start + k * interval`, k = 0, 1, 2, ..., up to and including `end`. The grid
///   never moves.
/// - Units: slots are whole seconds, UTC; the interval is in whole hours when callers write it.
/// - Source: the lifecycle, "The grid".
///
/// @param count how many reports are to be generated; empty for no end
public record Schedule(
    Instant start, Duration interval, Optional<Integer> count, Optional<Instant> end) {
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
    Duration since = Duration.between(start, instant);
    long whole = since.dividedBy(interval);
    boolean onGrid = interval.multipliedBy(whole).equals(since);
    return beforeEnd(slot(onGrid ? whole : whole + 1));
  }

  /// The slot after another.
  public Optional<Instant> after(Instant slot) {
    return beforeEnd(slot.plus(interval));
  }

  /// How many slots of the grid lie from `first` to `last`, both of the grid and both counted.
  public long slotsBetween(Instant first, Instant last) {
    return Duration.between(first, last).dividedBy(interval) + 1;
  }

  /// Whether another schedule has the same slots, apart from where they end.
  boolean sameGrid(Schedule other) {
    return start.equals(other.start) && interval.equals(other.interval);
  }

  /// How many reports may still be generated; a schedule without a count never runs out.
  int remaining(int generated) {
    return count.map(all -> Math.max(0, all - generated)).orElse(Integer.MAX_VALUE);
  }

  /// The newest slot from `first` on that has come at `now`; `first` itself has.
  Instant newest(Instant first, Instant now) {
    Instant until = end.filter(now::isAfter).orElse(now);
    return first.plus(interval.multipliedBy(Duration.between(first, until).dividedBy(interval)));
  }

  Skipped skip(Instant first, Instant last, Skipped.Reason reason) {
    return new Skipped(first, last, slotsBetween(first, last), reason);
  }

  /// All slots from `first` up to but not with `slot`; none if it is the first.
  List<Skipped> skipBefore(Instant slot, Instant first, Skipped.Reason reason) {
    return first.isBefore(slot) ? List.of(skip(first, slot.minus(interval), reason)) : List.of();
  }

  /// All slots from `first` to `last`, which a pause began among or before: those before it passed
  /// in an outage.
  List<Skipped> skipPaused(Instant first, Instant last, Instant since) {
    if (!first.isBefore(since)) {
      return List.of(skip(first, last, Skipped.Reason.PAUSED));
    }
    if (last.isBefore(since)) {
      return List.of(skip(first, last, Skipped.Reason.OUTAGE));
    }
    Instant firstPaused = newest(first, since.minusNanos(1)).plus(interval);
    return List.of(
        skip(first, firstPaused.minus(interval), Skipped.Reason.OUTAGE),
        skip(firstPaused, last, Skipped.Reason.PAUSED));
  }

  private Instant slot(long k) {
    return start.plus(interval.multipliedBy(k));
  }

  private Optional<Instant> beforeEnd(Instant slot) {
    return end.isPresent() && slot.isAfter(end.get()) ? Optional.empty() : Optional.of(slot);
  }
}
