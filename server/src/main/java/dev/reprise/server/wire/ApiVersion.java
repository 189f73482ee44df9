package dev.reprise.server.wire;

import java.util.Optional;

/// The version in the path; both show the same reports with different fields.
public enum ApiVersion {
  V1("v1"),
  V1_1("v1.1");

  private final String segment;

  ApiVersion(String segment) {
    this.segment = segment;
  }

  /// As the path has it.
  public String segment() {
    return segment;
  }

  /// The version with this segment, in lower case.
  public static Optional<ApiVersion> of(String segment) {
    for (ApiVersion version : values()) {
      if (version.segment.equals(segment)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }
}
