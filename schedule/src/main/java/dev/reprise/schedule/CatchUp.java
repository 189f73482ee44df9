package dev.reprise.schedule;

/// Which missed slots still run.
///
/// - Source: the lifecycle, "Resume" and "Misfires, overlap, failures".
public enum CatchUp {
  /// None.
  SKIP,
  /// The newest.
  LATEST,
  /// Every one, oldest first, one at a time, up to the remaining count and at most
  /// [Lifecycle#MOST_CAUGHT_UP].
  ALL,
  /// The newest, with a file that covers what all of them would have.
  MERGED
}
