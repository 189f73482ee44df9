package dev.reprise.server.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A path of a call, such as `/pause/{reportId}` or `/callbacks/{callbackId}:replay`: compared
/// segment by segment, in any casing.
///
/// - Shape: segments are decoded after the path is cut at its slashes, so that an encoded slash is
///   part of a segment. Empty segments do not count: neither a slash at the end nor a doubled one,
///   as clients make that join a base URL and a path, leads elsewhere.
record FoldedPath(List<String> segments) {
  FoldedPath {
    segments = List.copyOf(segments);
  }

  /// The path of a call, as it is written in the code.
  static FoldedPath of(String pattern) {
    return new FoldedPath(cut(pattern));
  }

  /// The segments of a path that a request has, decoded and in lower case.
  ///
  /// @param path as it came
  /// @throws dev.reprise.api.RefusedException `REQUEST_INVALID` if it is not percent-encoded UTF-8
  static List<String> cut(String path) {
    List<String> segments = new ArrayList<>();
    int from = authorityEnd(path);
    while (from < path.length()) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      if (to > from) {
        segments.add(Percents.decode(path.substring(from, to), "path").toLowerCase(Locale.ROOT));
      }
      from = to + 1;
    }
    return segments;
  }

  /// The path alone of a target that may name the server as well.
  static String withoutAuthority(String target) {
    return target.substring(authorityEnd(target));
  }

  /// A request may name the server before the path (RFC 9112 section 3.2.2).
  private static int authorityEnd(String path) {
    int scheme = path.startsWith("/") ? -1 : path.indexOf("://");
    if (scheme < 0) {
      return 0;
    }
    int slash = path.indexOf('/', scheme + 3);
    return slash < 0 ? path.length() : slash;
  }

  /// Whether a path is this one, whatever stands for its parameters.
  boolean fits(List<String> path) {
    if (path.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      String segment = segments.get(i);
      boolean fits =
          isParameter(segment)
              ? path.get(i).endsWith(verb(segment)) && path.get(i).length() > verb(segment).length()
              : segment.equals(path.get(i));
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /// What stands for the parameters in a path that fits, by their names in lower case.
  Map<String, String> parameters(List<String> path) {
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String segment = segments.get(i);
      if (isParameter(segment)) {
        String value = path.get(i);
        parameters.put(
            segment.substring(1, segment.indexOf('}')),
            value.substring(0, value.length() - verb(segment).length()));
      }
    }
    return parameters;
  }

  /// What follows a parameter in its segment, such as `:replay`; empty for most.
  private static String verb(String segment) {
    return segment.substring(segment.indexOf('}') + 1);
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{");
  }
}
