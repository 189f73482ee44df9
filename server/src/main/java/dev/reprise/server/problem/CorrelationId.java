package dev.reprise.server.problem;

import dev.reprise.server.log.About;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.UUID;
import java.util.regex.Pattern;

/// What every answer carries, so that caller and log speak of the same request: echoed if sent.
final class CorrelationId {
  static final HeaderName HEADER = HeaderNames.create("MS-CorrelationId");

  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private CorrelationId() {}

  /// The id of the request that this thread is answering, or of a new one with these headers.
  static String of(ServerRequestHeaders headers) {
    return About.current()
        .or(() -> headers.first(HEADER).filter(sent -> ID.matcher(sent).matches()))
        .orElseGet(() -> UUID.randomUUID().toString());
  }
}
