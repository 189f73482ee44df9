package dev.reprise.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;

/// How a token may be signed, as RFC 7518 section 3.1 names it.
///
/// - Shape: only those with a public key are here. `none` cannot be allowed, nor can a shared
///   secret, for which a public key could be passed off.
public enum SignatureAlgorithm {
  RS256,
  RS384,
  RS512,
  PS256,
  PS384,
  PS512,
  ES256,
  ES384,
  ES512;

  /// The one that the header of a token names, or empty if it is none of these.
  static Optional<SignatureAlgorithm> of(JWSAlgorithm named) {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.name().equals(named.getName()))
        .findFirst();
  }

  /// What checks such signatures with a key, or empty if the key is of another kind or curve.
  Optional<JWSVerifier> verifier(PublicKey key) throws JOSEException {
    return switch (this) {
      case RS256, RS384, RS512, PS256, PS384, PS512 ->
          key instanceof RSAPublicKey rsa ? Optional.of(new RSASSAVerifier(rsa)) : Optional.empty();
      case ES256, ES384, ES512 ->
          key instanceof ECPublicKey ec
              ? Optional.<JWSVerifier>of(new ECDSAVerifier(ec)).filter(this::isSupportedBy)
              : Optional.empty();
    };
  }

  private boolean isSupportedBy(JWSVerifier verifier) {
    return verifier.supportedJWSAlgorithms().contains(JWSAlgorithm.parse(name()));
  }
}
