package dev.reprise.server.delivery;

import dev.reprise.api.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Links that give one result to whoever holds them, until they expire.
///
/// - Shape: `{base}/reprise/v1/results/{key}?name={file name}&expires={seconds}&signature={text}`;
///   the signature covers the other three, so none of them can be changed.
/// - Units: `expires` is in seconds since 1970 by the service's clock; the link works before it.
public final class SignedLinks {
  /// Under which [ResultRoutes] is registered.
  public static final String PATH = "/reprise/v1/results";

  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

  private final LinkKeys keys;
  private final InstantSource clock;

  /// @param keys the folder of the keys; there is one from the first call on
  /// @param clock by which links expire
  /// @param realClock by which keys do
  public SignedLinks(Path keys, InstantSource clock, InstantSource realClock) {
    this.keys = new LinkKeys(keys, ALGORITHM, realClock, System::nanoTime);
    this.clock = clock;
  }

  /// A link to a result.
  ///
  /// @param baseUrl under which callers reach the service, such as `http://127.0.0.1:8080`
  /// @param fileName under which a browser saves the file
  public String link(String baseUrl, String key, String fileName, Instant expires) {
    String base = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
    String seconds = Long.toString(expires.getEpochSecond());
    return "%s%s/%s?name=%s&expires=%s&signature=%s"
        .formatted(
            base,
            PATH,
            key,
            Percent.encode(fileName),
            seconds,
            sign(keys.signing(), text(key, seconds, fileName)));
  }

  /// Refuses with `LINK_INVALID` what was not signed here, or has expired.
  public void verify(String key, String fileName, String expires, String signature) {
    String text = text(key, expires, fileName);
    boolean signed =
        isSigned(keys.believed(), text, signature) || isSigned(keys.believedNow(), text, signature);
    if (!signed || !SECONDS.matcher(expires).matches()) {
      throw ErrorCode.LINK_INVALID.refuse();
    }
    Instant end = Instant.ofEpochSecond(Long.parseLong(expires));
    if (!clock.instant().isBefore(end)) {
      throw ErrorCode.LINK_INVALID.because("it expired at " + end);
    }
  }

  private static boolean isSigned(List<SecretKeySpec> secrets, String text, String signature) {
    byte[] given = signature.getBytes(StandardCharsets.UTF_8);
    return secrets.stream()
        .anyMatch(secret ->
            MessageDigest.isEqual(sign(secret, text).getBytes(StandardCharsets.UTF_8), given));
  }

  /// Neither a key nor a number has a line end, so no two triples are the same text.
  private static String text(String key, String expires, String fileName) {
    return key + "\n" + expires + "\n" + fileName;
  }

  private static String sign(SecretKeySpec secret, String text) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
