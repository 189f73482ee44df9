package dev.reprise.schedule;

/// Which missed slots still run.
///
/// - Source: the lifecycle, "Misfires, overlap, failures".
public enum CatchUp {
  /// None.
  SKIP,
  /// The newest.
  LATEST,
  /// Every one, oldest first, one at a time.
  ALL
}
