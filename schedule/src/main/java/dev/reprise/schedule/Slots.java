package dev.reprise.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// Neighbouring slots of one grid, however many: three values, not a list.
///
/// @param last counted in, like `first`
/// @param step from each slot to the one after it
public record Slots(Instant first, Instant last, Duration step) {
  public Slots {
    if (step.isNegative() || step.isZero()) {
      throw new IllegalArgumentException("step " + step + " is not positive");
    }
    Duration length = Duration.between(first, last);
    if (length.isNegative() || !step.multipliedBy(length.dividedBy(step)).equals(length)) {
      throw new IllegalArgumentException(last + " is no slot from " + first + " by " + step);
    }
  }

  /// The slots of an optional range, in which none is the same as no range.
  static long count(Optional<Slots> slots) {
    return slots.map(Slots::count).orElse(0L);
  }

  /// How many they are.
  public long count() {
    return Duration.between(first, last).dividedBy(step) + 1;
  }

  /// The oldest of them, at most `most`.
  public List<Instant> oldest(int most) {
    return LongStream.range(0, Math.min(most, count())).mapToObj(this::slot).toList();
  }

  /// Whether an instant is one of them.
  public boolean has(Instant instant) {
    return !instant.isBefore(first)
        && !instant.isAfter(last)
        && step.multipliedBy(Duration.between(first, instant).dividedBy(step))
            .equals(Duration.between(first, instant));
  }

  /// The oldest `count` of them; none for 0, all if they are no more.
  Optional<Slots> first(long count) {
    if (count <= 0) {
      return Optional.empty();
    }
    return Optional.of(count >= count() ? this : new Slots(first, slot(count - 1), step));
  }

  /// All but the oldest `count`.
  Optional<Slots> butFirst(long count) {
    return count >= count() ? Optional.empty() : Optional.of(new Slots(slot(count), last, step));
  }

  /// All but the newest.
  Optional<Slots> butLast() {
    return first(count() - 1);
  }

  /// Those before an instant.
  Optional<Slots> before(Instant instant) {
    return first(countBefore(instant));
  }

  /// Those at or after an instant.
  public Optional<Slots> from(Instant instant) {
    return butFirst(countBefore(instant));
  }

  /// Those up to and including an instant.
  public Optional<Slots> through(Instant instant) {
    return first(countThrough(instant));
  }

  /// Those after an instant.
  Optional<Slots> after(Instant instant) {
    return butFirst(countThrough(instant));
  }

  /// These and those of another range as one, if that goes on where this one ends.
  Optional<Slots> join(Slots later) {
    boolean goesOn = step.equals(later.step) && Duration.between(last, later.first).equals(step);
    return goesOn ? Optional.of(new Slots(first, later.last, step)) : Optional.empty();
  }

  /// How many of them are at or before an instant.
  long countThrough(Instant instant) {
    return countBefore(instant) + (has(instant) ? 1 : 0);
  }

  private long countBefore(Instant instant) {
    if (!instant.isAfter(first)) {
      return 0;
    }
    if (instant.isAfter(last)) {
      return count();
    }
    return Duration.between(first, instant).minusNanos(1).dividedBy(step) + 1;
  }

  private Instant slot(long k) {
    return first.plus(step.multipliedBy(k));
  }
}
