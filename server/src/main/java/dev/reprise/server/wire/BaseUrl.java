package dev.reprise.server.wire;

import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where callers reach the service, for links that they follow, without a slash at the end.
///
/// - Shape: the address that was set, or else the one that the request came to. What a proxy says
///   of another (`X-Forwarded-*`) is not read: whoever can send it could have links point
///   elsewhere.
///
/// @param set such as `https://reports.example`
public record BaseUrl(Optional<String> set) {
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9.-]+(:\\d+)?|\\[[0-9a-fA-F:]+](:\\d+)?");

  String of(ServerRequest request) {
    return set.orElseGet(() -> reached(request));
  }

  private static String reached(ServerRequest request) {
    String authority = request.authority();
    String host = HOST.matcher(authority).matches() ? authority : "127.0.0.1";
    return (request.isSecure() ? "https://" : "http://") + host;
  }
}
