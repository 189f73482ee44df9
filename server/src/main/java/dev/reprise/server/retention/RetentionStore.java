package dev.reprise.server.retention;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Port: what is recorded of result files.
public interface RetentionStore {
  /// Bytes of all files that are kept.
  long bytes();

  /// Records that the oldest files that ended before a time are removed.
  ///
  /// @param most how many of them
  /// @return their keys
  List<String> removeBefore(Instant end, int most, Instant now);

  /// Records that the oldest files are removed, until they were so many bytes or `most` files.
  ///
  /// @return their keys
  List<String> removeOldest(long bytes, int most, Instant now);

  /// Which of these keys are those of files that are kept.
  Set<String> kept(List<String> keys);
}
