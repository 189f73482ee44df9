package dev.reprise.server.access.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.reprise.server.access.KeySource;
import dev.reprise.server.file.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;

/// The RSA key that the stand-in signs with: one file, made at first use, the same ever after.
///
/// - Limits: only the user that the service runs as may read the file, where the file system has
///   such permissions.
final class SigningKey implements KeySource {
  private static final String FILE = "token-signing.der";
  private static final int BITS = 2048;

  private final RSAPublicKey publicKey;
  private final RSASSASigner signer;
  private final String id;

  private SigningKey(RSAPrivateCrtKey privateKey) throws GeneralSecurityException, JOSEException {
    RSAPublicKeySpec open =
        new RSAPublicKeySpec(privateKey.getModulus(), privateKey.getPublicExponent());
    publicKey = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(open);
    signer = new RSASSASigner(privateKey);
    id = new RSAKey.Builder(publicKey).build().computeThumbprint().toString();
  }

  /// The key kept in this folder, made if it is not there yet.
  static SigningKey in(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        Durable.write(file, generator.generateKeyPair().getPrivate().getEncoded());
      }
      PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(Files.readAllBytes(file));
      if (KeyFactory.getInstance("RSA").generatePrivate(encoded) instanceof RSAPrivateCrtKey key) {
        return new SigningKey(key);
      }
      throw new IllegalStateException("the signing key " + file + " lacks its public part");
    } catch (IOException | GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException("the signing key " + file + " cannot be read or made", e);
    }
  }

  @Override
  public Optional<PublicKey> key(String keyId) {
    return id.equals(keyId) ? Optional.of(publicKey) : Optional.empty();
  }

  String id() {
    return id;
  }

  RSAPublicKey publicKey() {
    return publicKey;
  }

  /// A signed token of this type with these claims.
  String sign(JOSEObjectType type, JWTClaimsSet claims) {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).type(type).keyID(id).build(), claims);
    try {
      jwt.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("key " + id + " cannot sign a token of type " + type, e);
    }
    return jwt.serialize();
  }
}
