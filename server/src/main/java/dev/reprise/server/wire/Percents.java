package dev.reprise.server.wire;

import dev.reprise.api.ErrorCode;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent-encoded UTF-8 to text.
final class Percents {
  private Percents() {}

  /// @param text in which a plus is a plus
  /// @param what names it in the refusal
  static String decode(String text, String what) {
    return decodeForm(text.indexOf('+') < 0 ? text : text.replace("+", "%2B"), what);
  }

  /// @param text in which a plus is a space
  /// @param what names it in the refusal
  static String decodeForm(String text, String what) {
    try {
      String decoded = URLDecoder.decode(text, StandardCharsets.ISO_8859_1);
      byte[] bytes = decoded.getBytes(StandardCharsets.ISO_8859_1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw ErrorCode.REQUEST_INVALID.because("the " + what + " is not percent-encoded UTF-8");
    }
  }
}
