package dev.reprise.server.delivery;

import dev.reprise.api.ErrorCode;
import dev.reprise.server.file.KeyFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
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

  private static final String KEY = "links.key";
  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

  private final SecretKeySpec secret;
  private final InstantSource clock;

  private SignedLinks(byte[] secret, InstantSource clock) {
    this.secret = new SecretKeySpec(secret, ALGORITHM);
    this.clock = clock;
  }

  /// Signs with the secret kept in a folder; the first call makes it.
  public static SignedLinks of(Path keys, InstantSource clock) {
    return new SignedLinks(KeyFile.in(keys, KEY), clock);
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
            base, PATH, key, Percent.encode(fileName), seconds, sign(key, seconds, fileName));
  }

  /// Refuses with `LINK_INVALID` what was not signed here, or has expired.
  public void verify(String key, String fileName, String expires, String signature) {
    boolean signed =
        MessageDigest.isEqual(
            sign(key, expires, fileName).getBytes(StandardCharsets.UTF_8),
            signature.getBytes(StandardCharsets.UTF_8));
    if (!signed || !SECONDS.matcher(expires).matches()) {
      throw ErrorCode.LINK_INVALID.refuse();
    }
    Instant end = Instant.ofEpochSecond(Long.parseLong(expires));
    if (!clock.instant().isBefore(end)) {
      throw ErrorCode.LINK_INVALID.because("it expired at " + end);
    }
  }

  /// Neither a key nor a number has a line end, so no two triples are the same text.
  private String sign(String key, String expires, String fileName) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      byte[] text = (key + "\n" + expires + "\n" + fileName).getBytes(StandardCharsets.UTF_8);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
