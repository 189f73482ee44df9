package dev.reprise.server.access.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

/// Refresh tokens that need no memory: all they stand for is in them, signed.
///
/// - Limits: good for 90 days, for the client and tenant they were issued to. They are no access
///   tokens: their type and audience are their own.
record RefreshTokens(SigningKey key) {
  private static final Duration LIFETIME = Duration.ofDays(90);
  private static final JOSEObjectType TYPE = new JOSEObjectType("refresh+jwt");
  private static final String AUDIENCE = "urn:reprise:refresh";

  /// What a refresh token remembers of the grant it came with.
  record Remembered(String resource, Optional<String> username) {}

  String issue(Grant grant, Instant now) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .audience(AUDIENCE)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .jwtID(UUID.randomUUID().toString())
            .claim("tid", grant.tenant())
            .claim("client", grant.client().id())
            .claim("resource", grant.resource());
    grant.username().ifPresent(name -> claims.claim("username", name));
    return key.sign(TYPE, claims.build());
  }

  /// What a token stands for; empty if it is not ours, has expired, or is another's.
  Optional<Remembered> redeem(String token, String tenant, String clientId, Instant now) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      boolean good =
          JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm())
              && TYPE.equals(jwt.getHeader().getType())
              && jwt.verify(new RSASSAVerifier(key.publicKey()))
              && claims.getAudience().contains(AUDIENCE)
              && claims.getExpirationTime().toInstant().isAfter(now)
              && tenant.equals(claims.getStringClaim("tid"))
              && clientId.equals(claims.getStringClaim("client"));
      return good
          ? Optional.of(
              new Remembered(
                  claims.getStringClaim("resource"),
                  Optional.ofNullable(claims.getStringClaim("username"))))
          : Optional.empty();
    } catch (ParseException | JOSEException notOurs) {
      return Optional.empty();
    }
  }
}
