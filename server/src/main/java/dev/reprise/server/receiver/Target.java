package dev.reprise.server.receiver;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// Where a request goes.
///
/// @param host in lower case; an IPv6 address without its brackets
/// @param path as the request line has it, with the query
public record Target(boolean isTls, String host, int port, String path) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final int LAST_PORT = 65_535;

  /// The address with a further segment, `<url>/<segment>`; a query stays behind it.
  ///
  /// @return empty if the text is no http or https address, or names a user
  public static Optional<Target> within(String url, String segment) {
    return parse(url)
        .map(uri -> {
          String path = path(uri);
          String folder = path.endsWith("/") ? path : path + "/";
          return of(uri, folder + segment + query(uri).map(query -> "?" + query).orElse(""));
        });
  }

  /// The address with a further parameter, `<url>?<name>=<value>`, after those of its own.
  ///
  /// @return empty if the text is no http or https address, or names a user
  public static Optional<Target> with(String url, String name, String value) {
    return parse(url)
        .map(uri -> {
          String path = path(uri).isEmpty() ? "/" : path(uri);
          String before = query(uri).map(query -> query + "&").orElse("");
          return of(uri, path + "?" + before + name + "=" + value);
        });
  }

  /// Who is called, whatever the path: what fails one request will most likely fail another.
  ///
  /// @return host and port; empty text if the text is no address
  public static String receiver(String url) {
    return parse(url).map(uri -> of(uri, "/").authority()).orElse("");
  }

  /// Host and port, as `hooks.example:443`.
  public String authority() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /// As the header `Host` has it: without the port that the scheme has anyway.
  String hostHeader() {
    String authority = authority();
    return port == (isTls ? HTTPS : HTTP)
        ? authority.substring(0, authority.lastIndexOf(':'))
        : authority;
  }

  private static Optional<URI> parse(String url) {
    try {
      URI uri = new URI(new URI(url).toASCIIString());
      boolean isWeb =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      boolean isWhole =
          uri.getHost() != null && uri.getRawUserInfo() == null && uri.getPort() <= LAST_PORT;
      return isWeb && isWhole && uri.getPort() != 0 ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException notAnAddress) {
      return Optional.empty();
    }
  }

  private static Target of(URI uri, String path) {
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : withoutDot(host);
    int port = uri.getPort() < 0 ? (tls ? HTTPS : HTTP) : uri.getPort();
    return new Target(tls, bare, port, path);
  }

  /// A name that is written whole, with the dot at its end, is the same name; TLS has no dot there.
  private static String withoutDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static String path(URI uri) {
    return Optional.ofNullable(uri.getRawPath()).orElse("");
  }

  private static Optional<String> query(URI uri) {
    return Optional.ofNullable(uri.getRawQuery()).filter(query -> !query.isEmpty());
  }
}
