package dev.reprise.server.wire;

import dev.reprise.api.ErrorCode;
import io.helidon.webserver.http.Handler;

/// Refuses the methods that a known path does not take.
public final class OtherMethods {
  private OtherMethods() {}

  /// What answers 405 and names the methods that are taken.
  ///
  /// @param allowed as the `Allow` header names them, such as `GET, HEAD`
  public static Handler than(String allowed) {
    return (request, response) -> {
      response.header("Allow", allowed);
      throw ErrorCode.METHOD_NOT_ALLOWED.because("use " + allowed);
    };
  }
}
