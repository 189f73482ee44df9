package dev.reprise.server.world;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.util.List;

/// Tokens that the stand-in would not give, signed with its key.
public final class Tokens {
  private Tokens() {}

  /// The token of a caller, with other roles.
  ///
  /// @param data the data directory of the service
  public static String with(List<String> roles, String token, Path data) {
    try {
      SignedJWT given = SignedJWT.parse(token);
      var claims = new JWTClaimsSet.Builder(given.getJWTClaimsSet()).claim("roles", roles).build();
      var other = new SignedJWT(given.getHeader(), claims);
      byte[] key = Files.readAllBytes(data.resolve("keys").resolve("token-signing.der"));
      other.sign(
          new RSASSASigner(
              KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key))));
      return other.serialize();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParseException | JOSEException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
