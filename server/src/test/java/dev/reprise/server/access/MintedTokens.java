package dev.reprise.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/// Tokens of an issuer that tests trust, right in everything unless a test changes it. It is
/// Monday, and Ada's token is good from six to seven.
final class MintedTokens {
  static final Instant MONDAY = Instant.parse("2026-01-05T06:00:00Z");
  static final String ISSUER = "https://sts.windows.net/contoso/";
  static final String KEY_ID = "key-1";
  static final KeyPair PAIR = pair();
  static final KeySource KEYS =
      id -> id.equals(KEY_ID) ? Optional.of(publicKey()) : Optional.empty();
  static final TrustedIssuer TRUSTED =
      new TrustedIssuer(
          (issuer, tenant) -> issuer.equals("https://sts.windows.net/" + tenant + "/"), KEYS);

  private MintedTokens() {}

  static RSAPublicKey publicKey() {
    return (RSAPublicKey) PAIR.getPublic();
  }

  static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no RSA key for the tests", e);
    }
  }

  static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience("https://graph.windows.net")
        .notBeforeTime(Date.from(MONDAY))
        .expirationTime(Date.from(MONDAY.plusSeconds(3600)))
        .claim("tid", "contoso")
        .claim("appid", "ada")
        .claim("roles", List.of("ExecutiveReportViewer"));
  }

  static String token(JWTClaimsSet.Builder claims) {
    return token(claims, PAIR);
  }

  static String token(JWTClaimsSet.Builder claims, KeyPair pair) {
    return token(header(JWSAlgorithm.RS256).build(), claims, new RSASSASigner(pair.getPrivate()));
  }

  static String token(JWSHeader header, JWTClaimsSet.Builder claims, JWSSigner signer) {
    SignedJWT jwt = new SignedJWT(header, claims.build());
    try {
      jwt.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("a test token cannot be signed", e);
    }
    return jwt.serialize();
  }

  static JWSHeader.Builder header(JWSAlgorithm algorithm) {
    return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(KEY_ID);
  }
}
