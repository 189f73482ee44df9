package dev.reprise.server.delivery;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A finished result and the proof that nothing of it is missing.
///
/// @param key the execution's id and the ending of the format
/// @param rows without the header line
/// @param sha256 of all bytes, in lower-case hexadecimal digits
/// @param removedAt since when it is no longer kept
public record ResultFile(
    String key, long bytes, long rows, String sha256, Optional<Instant> removedAt) {
  /// One that is kept.
  public ResultFile(String key, long bytes, long rows, String sha256) {
    this(key, bytes, rows, sha256, Optional.empty());
  }

  /// The execution whose result has this key.
  public static UUID execution(String key) {
    return UUID.fromString(key.substring(0, key.indexOf('.')));
  }
}
