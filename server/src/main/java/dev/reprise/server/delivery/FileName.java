package dev.reprise.server.delivery;

import java.util.regex.Pattern;

/// How a browser is told under which name to save a file.
///
/// - Source: RFC 6266 section 4 and appendix D: a plain name for old clients, then the whole one.
final class FileName {
  private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9 ._()-]");

  private FileName() {}

  /// The value of a `Content-Disposition` header; a file name cannot add to it.
  static String disposition(String fileName) {
    return "attachment; filename=\"%s\"; filename*=UTF-8''%s"
        .formatted(NOT_PLAIN.matcher(fileName).replaceAll("_"), Percent.encode(fileName));
  }
}
