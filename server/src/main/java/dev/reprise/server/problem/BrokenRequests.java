package dev.reprise.server.problem;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Limits;
import dev.reprise.api.RefusedException;
import dev.reprise.server.log.About;
import dev.reprise.server.wire.Writer;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers requests that are too broken to reach any call, in the envelope as all others.
public final class BrokenRequests implements DirectHandler {
  private static final String MALFORMED = "it is not well-formed HTTP/1.1";

  /// What Helidon's words, which are for programmers and may change, mean for a caller.
  private static final Map<String, String> REASONS = reasons();

  private final Writer writer;
  private final Trail trail;

  public BrokenRequests(Writer writer, Trail trail) {
    this.writer = writer;
    this.trail = trail;
  }

  private static Map<String, String> reasons() {
    Map<String, String> reasons = new LinkedHashMap<>();
    reasons.put("Header size exceeded", tooLong("the headers are longer"));
    reasons.put("Request URI too long", tooLong("the request line is longer"));
    reasons.put("HTTP 1.0", "HTTP/1.0 is too old, use HTTP/1.1");
    reasons.put("Host header", "it should have one Host header, with a host");
    reasons.put("Only a single Host", "it should have one Host header, with a host");
    reasons.put("Invalid Host", "it should have one Host header, with a host");
    reasons.put("Invalid port of the host", "it should have one Host header, with a host");
    reasons.put(
        "Content-Encoding header", "a body cannot be packed, send it without Content-Encoding");
    reasons.put(
        "Unsupported content encoding",
        "a body cannot be packed, send it without Content-Encoding");
    reasons.put("Unsupported request transfer", "of the transfer encodings only chunked is known");
    return reasons;
  }

  private static String tooLong(String what) {
    return what + " than " + Limits.REQUEST_HEAD_BYTES + " bytes";
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
      @Nullable String message) {
    boolean routed = About.current().isPresent(); // Then it gets its line with all others.
    String id = CorrelationId.of(request.headers());
    RefusedException refused = refusal(type, status, message, routed, id);
    boolean head = request.method().equals(Method.HEAD.text());
    byte[] body = head ? new byte[0] : writer.refusal(request.path(), refused);
    if (!routed) {
      trail.broken(id, request.method(), request.path(), refused.code().status(), body.length);
    }
    return TransportResponse.builder()
        .status(Status.create(refused.code().status()))
        .header(HeaderNames.CONTENT_TYPE, writer.refusalType(request.path()))
        .header(CorrelationId.HEADER, id)
        .keepAlive(false)
        .entity(body)
        .build();
  }

  private static RefusedException refusal(
      EventType type, Status status, @Nullable String message, boolean routed, String id) {
    if (status.code() == ErrorCode.REQUEST_TOO_LARGE.status()) {
      return ErrorCode.REQUEST_TOO_LARGE.refuse(Limits.BODY_BYTES);
    }
    return switch (type) {
      case PAYLOAD_TOO_LARGE -> ErrorCode.REQUEST_TOO_LARGE.refuse(Limits.BODY_BYTES);
      case FORBIDDEN -> ErrorCode.FORBIDDEN.refuse();
      case INTERNAL_ERROR ->
          routed
              ? ErrorCode.INTERNAL_ERROR.refuse("answering the request", id)
              : ErrorCode.REQUEST_INVALID.because(
                  MALFORMED + ", or ends too early"); // No code of ours ran yet.
      case BAD_REQUEST, OTHER, HTTP_VERSION_NOT_SUPPORTED ->
          ErrorCode.REQUEST_INVALID.because(reason(message));
    };
  }

  private static String reason(@Nullable String message) {
    if (message == null) {
      return MALFORMED;
    }
    return REASONS.entrySet().stream()
        .filter(reason -> message.startsWith(reason.getKey()))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(MALFORMED);
  }
}
