package dev.reprise.server.access.issuer;

import java.time.Instant;
import java.util.Optional;

/// What a token request comes to.
sealed interface TokenAnswer {
  /// A token, with what the answer says of it.
  ///
  /// @param resource what the access token is for
  record Granted(
      Version version,
      String resource,
      Instant issuedAt,
      Instant expires,
      String accessToken,
      Optional<String> refreshToken)
      implements TokenAnswer {}

  /// A refusal.
  ///
  /// @param description for people, beginning with the number of the fault
  record Denied(TokenFault fault, String description) implements TokenAnswer {}
}
