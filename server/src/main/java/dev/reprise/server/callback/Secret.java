package dev.reprise.server.callback;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What signs callbacks, known to us and to the receiver.
///
/// - Source: Standard Webhooks, "Signature scheme", symmetric: HMAC-SHA256 over id, timestamp and
///   body with dots between them.
final class Secret {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "whsec_";

  private final SecretKeySpec key;

  /// @param bytes 24 to 64, as the standard wants
  Secret(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /// As receivers are given it. Only an answer to somebody who may see it has this text.
  String text() {
    return PREFIX + Base64.getEncoder().encodeToString(key.getEncoded());
  }

  /// `v1,` and the signature.
  ///
  /// @param timestamp in seconds since 1970
  String sign(String id, long timestamp, String body) {
    byte[] signed = mac((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(signed);
  }

  /// A secret made of this one, another for each text.
  Secret derive(String text) {
    return new Secret(mac(text.getBytes(StandardCharsets.UTF_8)));
  }

  private byte[] mac(byte[] bytes) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /// The signatures of all secrets, as the header has them.
  static String signatures(List<Secret> secrets, String id, long timestamp, String body) {
    return secrets.stream()
        .map(secret -> secret.sign(id, timestamp, body))
        .collect(Collectors.joining(" "));
  }

  /// Whether one of the signatures of a header is of one of these secrets.
  static boolean isSigned(
      List<Secret> secrets, String header, String id, long timestamp, String body) {
    return Arrays.stream(header.split(" ", -1))
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .anyMatch(given ->
            secrets.stream()
                .map(secret -> secret.sign(id, timestamp, body).getBytes(StandardCharsets.UTF_8))
                .anyMatch(ours -> MessageDigest.isEqual(ours, given)));
  }

  /// Nothing that could be written into a log by mistake.
  @Override
  public String toString() {
    return "a secret";
  }
}
