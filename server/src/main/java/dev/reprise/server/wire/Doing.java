package dev.reprise.server.wire;

import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/// What a request was doing, kept with it for the answer to a fault of ours.
///
/// @param words complete "Internal error encountered while ..."
record Doing(String words) {
  static void mark(ServerRequest request, String words) {
    request.context().register(new Doing(words));
  }

  static Optional<String> of(ServerRequest request) {
    return request.context().get(Doing.class).map(Doing::words);
  }
}
