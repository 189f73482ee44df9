package dev.reprise.server.access.issuer;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The addresses of the stand-in, which are its name as an issuer too.
///
/// @param baseUrl read for every answer, since the port may be known only once the service listens
record Addresses(Supplier<String> baseUrl) {
  private static final Pattern LOOPBACK =
      Pattern.compile("(?:localhost|127(?:\\.\\d{1,3}){3}|\\[(?:0:){7}1]|\\[::1])");

  /// What the claim `iss` says.
  String issuer(Version version, String tenant) {
    return baseUrl.get() + issuerPath(version, tenant);
  }

  String token(Version version, String tenant) {
    return at(version, tenant, "/oauth2/token", "/oauth2/v2.0/token");
  }

  String authorize(Version version, String tenant) {
    return at(version, tenant, "/oauth2/authorize", "/oauth2/v2.0/authorize");
  }

  String keys(Version version, String tenant) {
    return at(version, tenant, "/discovery/keys", "/discovery/v2.0/keys");
  }

  /// Whether an issuer is this stand-in, on this port or another, speaking for this tenant.
  static boolean isOurs(String issuer, String tenant) {
    return parse(issuer)
        .filter(uri -> "http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
        .filter(uri -> uri.getHost() != null && LOOPBACK.matcher(uri.getHost()).matches())
        .filter(uri -> uri.getRawUserInfo() == null)
        .filter(uri -> uri.getRawQuery() == null && uri.getRawFragment() == null)
        .filter(uri ->
            issuerPath(Version.V1, tenant).equals(uri.getRawPath())
                || issuerPath(Version.V2, tenant).equals(uri.getRawPath()))
        .isPresent();
  }

  private static String issuerPath(Version version, String tenant) {
    return switch (version) {
      case V1 -> "/" + tenant + "/";
      case V2 -> "/" + tenant + "/v2.0";
    };
  }

  private static Optional<URI> parse(String issuer) {
    try {
      return Optional.of(new URI(issuer));
    } catch (URISyntaxException notAnAddress) {
      return Optional.empty(); // An issuer that is no address is simply not ours.
    }
  }

  private String at(Version version, String tenant, String first, String second) {
    return baseUrl.get()
        + "/"
        + tenant
        + switch (version) {
          case V1 -> first;
          case V2 -> second;
        };
  }
}
