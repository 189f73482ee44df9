package dev.reprise.server.clock;

import java.time.Instant;
import java.util.Optional;

/// What the test clock needs of storage.
public interface ClockStore {
  /// Where the clock stood last; empty before its first start.
  Optional<Instant> load();

  void save(Instant now);
}
