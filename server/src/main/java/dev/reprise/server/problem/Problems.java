package dev.reprise.server.problem;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Limits;
import dev.reprise.api.RefusedException;
import dev.reprise.server.store.StoreException;
import dev.reprise.server.wire.Writer;
import io.helidon.http.HttpException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns what a handler throws into the answer that the contract promises.
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private final Writer writer;

  public Problems(Writer writer) {
    this.writer = writer;
  }

  /// Adds the error handlers, and the answer to paths that nobody takes, to a routing.
  public void install(HttpRouting.Builder routing) {
    routing
        .error(RefusedException.class, this::refused)
        .error(HttpException.class, this::notOurCall)
        .error(Throwable.class, this::fault)
        .any((request, response) -> {
          throw ErrorCode.PATH_UNKNOWN.because(request.path().path());
        });
  }

  private void refused(ServerRequest request, ServerResponse response, RefusedException refused) {
    writer.refuse(request, response, refused);
  }

  private void notOurCall(ServerRequest request, ServerResponse response, HttpException thrown) {
    ErrorCode code =
        switch (thrown.status().code()) {
          case 404 -> ErrorCode.PATH_UNKNOWN;
          case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
          case 413 -> ErrorCode.REQUEST_TOO_LARGE;
          default -> ErrorCode.REQUEST_INVALID;
        };
    if (thrown.status().code() >= 500) {
      fault(request, response, thrown);
      return;
    }
    writer.refuse(request, response, code.refuse(Limits.BODY_BYTES));
  }

  private void fault(ServerRequest request, ServerResponse response, Throwable thrown) {
    String id = CorrelationId.of(request.headers());
    String doing = Writer.doing(request);
    if (thrown instanceof StoreException store) {
      LOG.error("The store failed while {}: {}", doing, store.why());
    } else {
      LOG.error("Fault while {}", doing, thrown);
    }
    writer.refuse(request, response, ErrorCode.INTERNAL_ERROR.refuse(doing, id));
  }
}
