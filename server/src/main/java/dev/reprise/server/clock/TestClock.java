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

  /// Kept before anybody sees it, so that time never runs backwards over a crash.
  ///
  /// @return false if something is due before, so that the clock stays where it is
  boolean moveTo(Instant instant) {
    if (instant.isBefore(now)) {
      throw new IllegalStateException("the test clock moves forward only, not to " + instant);
    }
    if (!store.move(instant)) {
      return false;
    }
    now = instant;
    return true;
  }
}
