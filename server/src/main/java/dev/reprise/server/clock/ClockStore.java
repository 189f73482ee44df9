package dev.reprise.server.clock;

import java.time.Instant;
import java.util.Optional;

/// What the test clock needs of storage.
public interface ClockStore {
  /// Where the clock stood last; empty before its first start.
  Optional<Instant> load();

  /// Keeps where the clock stands.
  void save(Instant now);

  /// Keeps where the clock is to stand, unless something is due before.
  ///
  /// @param moved called in the transaction that keeps it
  /// @return whether it was kept
  boolean move(Instant to, Runnable moved);
}
