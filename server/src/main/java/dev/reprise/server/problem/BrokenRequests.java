package dev.reprise.server.problem;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Limits;
import dev.reprise.api.RefusedException;
import dev.reprise.server.wire.Writer;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

/// Answers requests that are too broken to reach any call, in the envelope as all others.
public final class BrokenRequests implements DirectHandler {
  private final Writer writer;

  public BrokenRequests(Writer writer) {
    this.writer = writer;
  }

  /// Adds this to a server for everything that it refuses by itself.
  public void install(DirectHandlers.Builder handlers) {
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, this);
    }
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    String id = CorrelationId.of(request.headers());
    RefusedException refused =
        switch (type) {
          case PAYLOAD_TOO_LARGE -> ErrorCode.REQUEST_TOO_LARGE.refuse(Limits.BODY_BYTES);
          case FORBIDDEN -> ErrorCode.FORBIDDEN.refuse();
          case INTERNAL_ERROR -> ErrorCode.INTERNAL_ERROR.refuse("reading the request", id);
          case BAD_REQUEST, OTHER, HTTP_VERSION_NOT_SUPPORTED ->
              ErrorCode.REQUEST_INVALID.because("it is not well-formed HTTP/1.1");
        };
    return TransportResponse.builder()
        .status(Status.create(refused.code().status()))
        .header(HeaderNames.CONTENT_TYPE, Writer.JSON)
        .header(CorrelationId.HEADER, id)
        .keepAlive(false)
        .entity(writer.envelope(refused))
        .build();
  }
}
