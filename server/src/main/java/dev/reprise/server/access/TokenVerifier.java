package dev.reprise.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.reprise.api.ErrorCode;
import dev.reprise.api.RefusedException;
import dev.reprise.server.access.VerifiedTokens.Fingerprint;
import dev.reprise.server.access.VerifiedTokens.Signer;
import dev.reprise.server.access.VerifiedTokens.Verified;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Turns a bearer token into the caller it speaks for, or refuses it.
///
/// - Shape: issuer, algorithm, key, signature, audience and time must all be right; a role is not
///   asked for here, see [Caller#requireRole]. Keys come from the issuer alone: what a header says
///   of keys (`jku`, `jwk`, `x5u`, `x5c`) is not read.
/// - Limits: tokens of at most 16,384 characters. 10,000 verified tokens are remembered.
/// - Source: RFC 7519; RFC 8725 sections 3.1, 3.8 and 3.9.
public final class TokenVerifier {
  private static final int LONGEST_TOKEN = 16 * 1024;
  private static final int REMEMBERED = 10_000;
  private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

  private final List<TrustedIssuer> issuers;
  private final TokenRules rules;
  private final InstantSource clock;
  private final VerifiedTokens verified = new VerifiedTokens(REMEMBERED);

  /// Believes these issuers, and of their tokens those that keep the rules.
  ///
  /// @param clock the real time, even where reports run on a test clock: issuers do not follow it
  public TokenVerifier(List<TrustedIssuer> issuers, TokenRules rules, InstantSource clock) {
    this.issuers = List.copyOf(issuers);
    this.rules = rules;
    this.clock = clock;
  }

  /// The caller of a request with these headers, `Authorization` and `X-AadUserTicket`.
  ///
  /// @throws RefusedException `UNAUTHORIZED`, also when there is no token
  public Known authenticate(Optional<String> authorization, Optional<String> ticket) {
    return know(
        BearerToken.of(authorization, ticket)
            .orElseThrow(() -> unauthorized("the request carries no bearer token")));
  }

  /// A caller whom a token makes known.
  ///
  /// @param since when the token was issued; of two tokens the newer one knows better
  public record Known(Caller caller, Instant since) {}

  /// The caller that a token speaks for.
  ///
  /// @throws RefusedException `UNAUTHORIZED`, saying which part of the token is not right
  public Caller verify(String bearerToken) {
    return know(bearerToken).caller();
  }

  private Known know(String bearerToken) {
    if (bearerToken.length() > LONGEST_TOKEN) {
      throw unauthorized("the token is longer than " + LONGEST_TOKEN + " characters");
    }
    Fingerprint fingerprint = Fingerprint.of(bearerToken);
    Optional<Verified> known =
        verified.find(fingerprint).filter(token -> token.signer().isCurrent());
    Verified token = known.orElseGet(() -> check(bearerToken));
    try {
      requireItsTime(token);
    } catch (RefusedException outOfTime) {
      verified.forget(fingerprint);
      throw outOfTime;
    }
    if (known.isEmpty()) {
      verified.keep(fingerprint, token);
    }
    return token.known();
  }

  /// Everything but the time, which alone changes while a token is remembered.
  private Verified check(String bearerToken) {
    try {
      SignedJWT jwt = SignedJWT.parse(bearerToken);
      SignatureAlgorithm algorithm = algorithm(jwt.getHeader());
      requireAccessToken(jwt.getHeader());
      TokenClaims claims = new TokenClaims(jwt.getJWTClaimsSet());
      Origin origin = origin(claims);
      Signer signer = signer(jwt.getHeader(), origin.issuer());
      JWSVerifier signature =
          algorithm
              .verifier(signer.key())
              .orElseThrow(() -> unauthorized("the token is signed with a key of another kind"));
      if (!jwt.verify(signature)) {
        throw unauthorized("the signature of the token is not valid");
      }
      if (claims.audiences().stream().noneMatch(rules::acceptsAudience)) {
        throw unauthorized("the token was issued for another audience");
      }
      Instant expires =
          claims.expires().orElseThrow(() -> unauthorized("the token says no expiry"));
      return new Verified(
          new Known(caller(claims, origin), claims.issued().orElse(Instant.EPOCH)),
          claims.notBefore().orElse(Instant.MIN),
          expires,
          signer);
    } catch (ParseException | JOSEException e) {
      RefusedException malformed = unauthorized("the token is malformed");
      malformed.initCause(e);
      throw malformed;
    }
  }

  /// Chosen here and not by the token: otherwise a public key could pass as a shared secret.
  private SignatureAlgorithm algorithm(JWSHeader header) {
    return SignatureAlgorithm.of(header.getAlgorithm())
        .filter(rules.algorithms()::contains)
        .orElseThrow(() ->
            unauthorized(
                "the token is not signed with "
                    + rules.algorithms().stream()
                        .sorted()
                        .map(SignatureAlgorithm::name)
                        .collect(Collectors.joining(" or "))));
  }

  private static void requireAccessToken(JWSHeader header) {
    Optional<JOSEObjectType> type = Optional.ofNullable(header.getType());
    if (type.filter(t -> !t.equals(JOSEObjectType.JWT) && !t.equals(ACCESS_TOKEN)).isPresent()) {
      throw unauthorized("the token is not an access token");
    }
  }

  /// Whose token it claims to be.
  private record Origin(TrustedIssuer issuer, String tenant) {}

  private Origin origin(TokenClaims claims) throws ParseException {
    String named = claims.issuer().orElse("");
    Optional<String> tenantClaim = claims.tenant();
    return issuers.stream()
        .flatMap(issuer ->
            issuer.naming().tenant(named, tenantClaim).stream()
                .map(tenant -> new Origin(issuer, tenant)))
        .findFirst()
        .orElseThrow(
            () -> unauthorized("the token comes from an issuer or tenant that is not trusted"));
  }

  private static Signer signer(JWSHeader header, TrustedIssuer issuer) {
    String keyId = Optional.ofNullable(header.getKeyID()).orElse("");
    PublicKey key =
        issuer
            .keys()
            .key(keyId)
            .orElseThrow(() -> unauthorized("the token is signed with a key that is not known"));
    return new Signer(issuer.keys(), keyId, key);
  }

  private static Caller caller(TokenClaims claims, Origin origin) throws ParseException {
    TrustedIssuer issuer = origin.issuer();
    String user =
        claims.user(issuer.identity()).orElseThrow(() -> unauthorized("the token names no user"));
    return new Caller(
        origin.tenant(),
        user,
        issuer.roles().in(claims.words(issuer.roles().claim())),
        claims.application().filter(id -> !id.equals(user)).map(id -> "application " + id));
  }

  private void requireItsTime(Verified token) {
    Instant now = clock.instant();
    if (!now.isBefore(token.expires().plus(rules.skew()))) {
      throw unauthorized("the token has expired");
    }
    if (now.plus(rules.skew()).isBefore(token.notBefore())) {
      throw unauthorized("the token is not valid yet");
    }
  }

  private static RefusedException unauthorized(String detail) {
    return ErrorCode.UNAUTHORIZED.because(detail);
  }
}
