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

  /// Records that the oldest files are removed, until the rest has no more than so many bytes or
  /// `most` are removed.
  ///
  /// @return their keys
  List<String> removeOver(long bytes, int most, Instant now);

  /// Which of these keys are those of files that are kept, or may be about to be.
  Set<String> kept(List<String> keys);
}
