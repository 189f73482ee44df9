package dev.reprise.server.wire;

import dev.reprise.api.ErrorCode;
import java.util.Optional;

/// The version in the path; both show the same reports with different fields.
public enum ApiVersion {
  V1("v1"),
  V1_1("v1.1");

  private final String segment;

  ApiVersion(String segment) {
    this.segment = segment;
  }

  /// The version in a path; an old base path, which has none, means the first.
  public static ApiVersion in(Optional<String> segment) {
    return segment.map(text -> of(text).orElseThrow(ErrorCode.PATH_UNKNOWN::refuse)).orElse(V1);
  }

  /// As the path has it, such as `v1.1`.
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
