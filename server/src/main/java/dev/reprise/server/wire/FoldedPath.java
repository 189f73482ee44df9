package dev.reprise.server.wire;

import io.helidon.common.uri.UriPath;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;
import java.util.Locale;

/// Matches a path in any casing, with or without a slash at its end. Parameters come in lower case.
final class FoldedPath implements PathMatcher {
  private final PathMatcher pattern;

  /// @param pattern as Helidon writes it, such as `/pause/{reportId}`
  FoldedPath(String pattern) {
    this.pattern = PathMatchers.create(pattern.toLowerCase(Locale.ROOT) + "[/]");
  }

  @Override
  public PathMatchers.MatchResult match(UriPath path) {
    return pattern.match(UriPath.create(path.rawPath().toLowerCase(Locale.ROOT)));
  }

  @Override
  public PathMatchers.PrefixMatchResult prefixMatch(UriPath path) {
    return PathMatchers.PrefixMatchResult.notAccepted();
  }
}
