package dev.reprise.server.wire;

import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/// What a request was doing, kept with it for the answer to a fault of ours.
///
/// @param words complete "Internal error encountered while ..."
/// @param call method and path, such as `GET /reprise/v1/clock`
record Doing(String words, String call) {
  static void mark(ServerRequest request, Doing doing) {
    request.context().register(doing);
  }

  static String call(ServerRequest request) {
    return request.context().get(Doing.class).map(Doing::call).orElse("other");
  }

  static Optional<String> of(ServerRequest request) {
    return request.context().get(Doing.class).map(Doing::words);
  }
}
