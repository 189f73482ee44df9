package dev.reprise.server.access.discovery;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.net.URI;
import java.security.PublicKey;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The keys by which an issuer's tokens are known at the moment, by their ids.
///
/// - Limits: at most 100. Keys for encryption, without an id, of a kind that signs nothing here or
///   too weak are left out; so is a key that says it signs for another tenant.
/// - Source: OpenID Connect Discovery 1.0 sections 3 and 4.3; RFC 7517 section 5.
record PublishedKeys(Map<String, PublicKey> byId) {
  static final PublishedKeys NONE = new PublishedKeys(Map.of());

  private static final int MOST = 100;
  private static final int LEAST_RSA_BITS = 2048;

  PublishedKeys {
    byId = Map.copyOf(byId);
  }

  /// Those that an issuer publishes now.
  ///
  /// @throws IOException saying why there are none
  static PublishedKeys of(IssuerAddress issuer, Documents documents)
      throws IOException, InterruptedException {
    Map<String, Object> discovered = documents.get(issuer.discovery());
    String named = text(discovered, "issuer");
    if (!issuer.isNamed(named)) {
      throw new IOException(
          "%s says it is of the issuer '%s', but %s was expected"
              .formatted(issuer.discovery(), named, issuer.name()));
    }
    URI keys = address(text(discovered, "jwks_uri"), issuer);
    return of(issuer, keys, documents.get(keys));
  }

  private static PublishedKeys of(IssuerAddress issuer, URI from, Map<String, Object> set)
      throws IOException {
    if (!(set.get("keys") instanceof List<?> listed)) {
      throw new IOException(from + " is not a set of keys");
    }
    Map<String, PublicKey> byId = new HashMap<>();
    for (Object item : listed) {
      usable(item, issuer).ifPresent(jwk -> byId.put(jwk.getKeyID(), publicKey(jwk)));
    }
    if (byId.isEmpty() || byId.size() > MOST) {
      throw new IOException("%s has %d keys for signatures".formatted(from, byId.size()));
    }
    return new PublishedKeys(byId);
  }

  private static Optional<JWK> usable(Object item, IssuerAddress issuer) {
    try {
      Map<String, Object> key = object(item);
      if (!issuer.mayHaveKeyOf(text(key, "issuer"))) {
        return Optional.empty();
      }
      JWK jwk = JWK.parse(key);
      boolean isStrong =
          jwk instanceof ECKey || (jwk instanceof RSAKey && jwk.size() >= LEAST_RSA_BITS);
      boolean signs = jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE);
      return isStrong && signs && jwk.getKeyID() != null ? Optional.of(jwk) : Optional.empty();
    } catch (ParseException | IllegalArgumentException e) {
      return Optional.empty(); // Of a kind to come: the others are good all the same.
    }
  }

  private static PublicKey publicKey(JWK jwk) {
    try {
      return ((AsymmetricJWK) jwk).toPublicKey();
    } catch (JOSEException e) {
      throw new IllegalStateException("key " + jwk.getKeyID() + " was read but is none", e);
    }
  }

  /// Where the keys are: on any host, but never less safe than the issuer itself.
  private static URI address(String text, IssuerAddress issuer) throws IOException {
    try {
      URI uri = IssuerAddress.safe(URI.create(text));
      if (issuer.address().getScheme().equals("https") && !uri.getScheme().equals("https")) {
        throw new IllegalArgumentException(text);
      }
      return uri;
    } catch (IllegalArgumentException e) {
      String shown = text.toLowerCase(Locale.ROOT).startsWith("http") ? text : "no address";
      throw new IOException(
          "%s names as jwks_uri %s, which is not https".formatted(issuer.discovery(), shown), e);
    }
  }

  private static Map<String, Object> object(Object item) {
    Map<String, Object> object = new HashMap<>();
    if (item instanceof Map<?, ?> map) {
      map.forEach((name, value) -> object.put(String.valueOf(name), value));
    }
    return object;
  }

  private static String text(Map<String, Object> object, String name) {
    return object.get(name) instanceof String text ? text : "";
  }
}
