package dev.reprise.server.receiver;

import java.time.Duration;
import java.util.Optional;

/// What came of a request.
public sealed interface Answer {
  /// A status.
  ///
  /// @param retryAfter how long the receiver wants to be left alone
  record Status(int code, Optional<Duration> retryAfter) implements Answer {}

  /// None, or nothing that HTTP knows.
  ///
  /// @param why in words for who wrote the address
  record None(String why) implements Answer {}
}
