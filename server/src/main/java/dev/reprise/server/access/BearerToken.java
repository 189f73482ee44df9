package dev.reprise.server.access;

import java.util.Optional;

/// Where a request carries its token.
///
/// - Source: RFC 6750 section 2.1; `X-AadUserTicket` is what clients in the field send instead.
public final class BearerToken {
  private static final String SCHEME = "Bearer";

  private BearerToken() {}

  /// The token of a request, or empty when it has none.
  ///
  /// - Shape: `Bearer` counts in any casing. The ticket is read only when there is no
  ///   `Authorization`, and may be bare or say `Bearer` too. Another scheme is no token: a ticket
  ///   beside it is not looked at, so that one request never has two identities.
  public static Optional<String> of(Optional<String> authorization, Optional<String> ticket) {
    Optional<String> header = authorization.map(String::strip).filter(text -> !text.isEmpty());
    if (header.isPresent()) {
      return header.flatMap(BearerToken::afterScheme);
    }
    return ticket
        .map(String::strip)
        .flatMap(text -> startsWithScheme(text) ? afterScheme(text) : Optional.of(text))
        .filter(text -> !text.isEmpty());
  }

  private static Optional<String> afterScheme(String text) {
    return startsWithScheme(text)
        ? Optional.of(text.substring(SCHEME.length()).strip()).filter(token -> !token.isEmpty())
        : Optional.empty();
  }

  private static boolean startsWithScheme(String text) {
    int length = SCHEME.length();
    return text.regionMatches(true, 0, SCHEME, 0, length)
        && (text.length() == length || Character.isWhitespace(text.charAt(length)));
  }
}
