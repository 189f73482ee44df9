package dev.reprise.server.problem;

import dev.reprise.server.access.Caller;
import dev.reprise.server.log.About;
import dev.reprise.server.traffic.AccessEntry;
import dev.reprise.server.traffic.AccessLog;
import dev.reprise.server.wire.Writer;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// What each request leaves behind: its correlation id on the answer and on every line logged
/// meanwhile, and its own line in the access log.
public final class Trail implements Filter {
  private final Optional<AccessLog> log;
  private final InstantSource realClock;

  public Trail(Optional<AccessLog> log, InstantSource realClock) {
    this.log = log;
    this.realClock = realClock;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    String id = CorrelationId.of(request.headers());
    response.header(CorrelationId.HEADER, id);
    About.during(
        id,
        () -> {
          if (log.isPresent()) {
            follow(chain, request, response, log.get());
          } else {
            chain.proceed();
          }
          return id;
        });
  }

  /// Notes a request that was too broken to come this far.
  ///
  /// @param target as it was sent, as far as it was understood
  void broken(String id, String method, String target, int status, long bytes) {
    log.ifPresent(to ->
        to.add(
            new AccessEntry(
                realClock.instant(),
                id,
                AccessEntry.NONE,
                Connections.remote(),
                method.isEmpty() ? AccessEntry.NONE : method,
                target.isEmpty() ? AccessEntry.NONE : AccessEntry.pathOf(target),
                AccessEntry.NONE,
                status,
                bytes,
                Duration.ZERO,
                true)));
  }

  private void follow(
      FilterChain chain, RoutingRequest request, RoutingResponse response, AccessLog to) {
    Instant came = realClock.instant();
    long start = System.nanoTime();
    boolean whole = false;
    try {
      chain.proceed();
      whole = response.isSent();
    } finally {
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      to.add(
          new AccessEntry(
              came,
              CorrelationId.of(request.headers()),
              request.context().get(Caller.class).map(Trail::name).orElse(AccessEntry.NONE),
              request.remotePeer().host(),
              request.prologue().method().text(),
              AccessEntry.pathOf(request.prologue().uriPath().rawPath()),
              Writer.call(request).orElse(AccessEntry.NONE),
              response.status().code(),
              bytes(request, response, whole),
              duration,
              whole));
    }
  }

  /// Of the body, as far as its length is known; else all that went over the wire.
  private static long bytes(RoutingRequest request, RoutingResponse response, boolean whole) {
    if (request.prologue().method().equals(Method.HEAD)) {
      return 0;
    }
    return whole && response.headers().contains(HeaderNames.CONTENT_LENGTH)
        ? response.headers().contentLength().orElse(0)
        : response.bytesWritten();
  }

  private static String name(Caller caller) {
    return caller.tenant() + "/" + caller.user();
  }
}
