package dev.reprise.server.wire;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.RefusedException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerResponse;

/// Refuses the methods that a known path does not take.
public final class OtherMethods {
  private OtherMethods() {}

  /// What answers 405 and names the methods that are taken.
  ///
  /// @param allowed as the `Allow` header names them, such as `GET, HEAD`
  public static Handler than(String allowed) {
    return (request, response) -> {
      throw refused(allowed, response);
    };
  }

  static RefusedException refused(String allowed, ServerResponse response) {
    response.header("Allow", allowed);
    return ErrorCode.METHOD_NOT_ALLOWED.because("use " + allowed);
  }
}
