package dev.reprise.server.access.issuer;

import com.nimbusds.jose.JOSEObjectType;
import dev.reprise.server.access.issuer.RefreshTokens.Remembered;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Decides token requests: any client id with any secret gets its token.
///
/// - Shape: the client id is the user, for every grant; the tenant is the one of the path, in lower
///   case.
/// - Units: tokens carry whole seconds.
final class TokenService {
  // A GUID or a domain. Anything else could not stand in the path of an issuer as it is.
  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");

  private final SigningKey key;
  private final Addresses addresses;
  private final InstantSource clock;
  private final RefreshTokens refreshTokens;

  TokenService(SigningKey key, Addresses addresses, InstantSource clock) {
    this.key = key;
    this.addresses = addresses;
    this.clock = clock;
    this.refreshTokens = new RefreshTokens(key);
  }

  /// The tenant that a path names, in lower case, or empty if it cannot be one.
  static Optional<String> tenant(String segment) {
    return TENANT.matcher(segment).matches()
        ? Optional.of(segment.toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  TokenAnswer answer(TokenRequest request) {
    Optional<String> tenant = tenant(request.tenant());
    Optional<String> grantType = request.form().value("grant_type");
    Optional<Client> client = Client.of(request.form(), request.authorization());
    if (tenant.isEmpty()) {
      return TokenFault.TENANT_INVALID.deny(request.tenant());
    }
    if (grantType.isEmpty()) {
      return TokenFault.PARAMETER_MISSING.deny("grant_type");
    }
    if (client.isEmpty()) {
      return TokenFault.PARAMETER_MISSING.deny("client_id");
    }
    return switch (grantType.get()) {
      case "client_credentials" -> clientCredentials(request, tenant.get(), client.get());
      case "password" -> password(request, tenant.get(), client.get());
      case "refresh_token" -> refresh(request, tenant.get(), client.get());
      default -> TokenFault.GRANT_UNSUPPORTED.deny(grantType.get());
    };
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private TokenAnswer clientCredentials(TokenRequest request, String tenant, Client client) {
    if (client.secret().isEmpty()) {
      return TokenFault.SECRET_MISSING.deny();
    }
    return grant(
        new Grant(request.version(), tenant, client, resource(request), Optional.empty()), false);
  }

  private TokenAnswer password(TokenRequest request, String tenant, Client client) {
    Optional<String> username = request.form().value("username");
    if (username.isEmpty()) {
      return TokenFault.PARAMETER_MISSING.deny("username");
    }
    if (request.form().value("password").isEmpty()) {
      return TokenFault.PARAMETER_MISSING.deny("password");
    }
    return grant(new Grant(request.version(), tenant, client, resource(request), username), true);
  }

  private TokenAnswer refresh(TokenRequest request, String tenant, Client client) {
    Optional<String> token = request.form().value("refresh_token");
    if (token.isEmpty()) {
      return TokenFault.PARAMETER_MISSING.deny("refresh_token");
    }
    Optional<Remembered> remembered = refreshTokens.redeem(token.get(), tenant, client.id(), now());
    if (remembered.isEmpty()) {
      return TokenFault.REFRESH_TOKEN_INVALID.deny();
    }
    // One refresh token serves every resource; without a word it is the one it came with.
    String resource =
        request.version().resource(request.form()).orElse(remembered.get().resource());
    return grant(
        new Grant(request.version(), tenant, client, resource, remembered.get().username()), true);
  }

  private static String resource(TokenRequest request) {
    return request.version().resource(request.form()).orElse(Version.DEFAULT_RESOURCE);
  }

  private TokenAnswer grant(Grant grant, boolean refreshable) {
    Instant now = now();
    String issuer = addresses.issuer(grant.version(), grant.tenant());
    return new TokenAnswer.Granted(
        grant.version(),
        grant.resource(),
        now,
        now.plus(Grant.LIFETIME),
        key.sign(JOSEObjectType.JWT, grant.claims(issuer, now)),
        refreshable ? Optional.of(refreshTokens.issue(grant, now)) : Optional.empty());
  }
}
