package dev.reprise.server.access.issuer;

import dev.reprise.server.access.TrustedIssuer;
import io.helidon.webserver.http.HttpService;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;

/// The stand-in as main puts it together: calls to be served, and an issuer to be trusted.
///
/// - Limits: gives a token to whoever asks, so the service must listen on loopback only.
public final class StandIn {
  private final SigningKey key;
  private final TokenRoutes routes;

  private StandIn(SigningKey key, TokenRoutes routes) {
    this.key = key;
    this.routes = routes;
  }

  /// Opens the stand-in with the key kept in a folder; the first time, makes the key.
  ///
  /// @param baseUrl where the service is reached, without a slash at the end:
  ///   `http://127.0.0.1:8080`
  /// @param clock the real time, as for [dev.reprise.server.access.TokenVerifier]
  public static StandIn open(Path keyFolder, Supplier<String> baseUrl, InstantSource clock) {
    SigningKey key = SigningKey.in(keyFolder);
    Addresses addresses = new Addresses(baseUrl);
    TokenService service = new TokenService(key, addresses, clock);
    return new StandIn(key, new TokenRoutes(service, key, addresses));
  }

  /// The token, key and discovery calls, to be registered at the root.
  public HttpService routes() {
    return routes;
  }

  /// What lets a verifier believe the tokens issued here, also those from before a restart on
  /// another port.
  public TrustedIssuer trusted() {
    return new TrustedIssuer(Addresses::isOurs, key);
  }
}
