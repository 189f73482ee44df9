package dev.reprise.server.report;

import java.util.Optional;
import java.util.UUID;

/// Names one report.
public record ReportId(UUID value) {
  public static ReportId random() {
    return new ReportId(UUID.randomUUID());
  }

  /// The id that a caller wrote, in any casing; empty if it cannot be one.
  public static Optional<ReportId> parse(String text) {
    if (text.length() != 36) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ReportId(UUID.fromString(text)));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
