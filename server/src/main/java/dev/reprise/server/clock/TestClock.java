package dev.reprise.server.clock;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// A clock that stands still until it is moved, forward only; where it stands survives a restart.
public final class TestClock implements InstantSource {
  private final ClockStore store;
  private volatile Instant now;

  /// @param start where it stands at its very first start, taken to the second
  public TestClock(ClockStore store, Instant start) {
    this.store = store;
    this.now = store.load().orElse(start.truncatedTo(ChronoUnit.SECONDS));
    store.save(now);
  }

  @Override
  public Instant instant() {
    return now;
  }

  /// Seen from within the transaction that keeps it: what is decided after it, in the order of the
  /// store, is decided at the new time, and is never kept without it.
  ///
  /// @return false if something is due before, so that the clock stays where it is
  boolean moveTo(Instant instant) {
    if (instant.isBefore(now)) {
      throw new IllegalStateException("the test clock moves forward only, not to " + instant);
    }
    Instant before = now;
    try {
      return store.move(instant, () -> now = instant);
    } catch (RuntimeException | Error e) {
      now = before;
      throw e;
    }
  }
}
