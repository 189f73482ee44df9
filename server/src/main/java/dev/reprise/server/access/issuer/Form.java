package dev.reprise.server.access.issuer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The body of a token request: `application/x-www-form-urlencoded`, UTF-8.
///
/// - Limits: 64 KiB. A parameter without a value counts as left out, and one given twice makes the
///   form invalid.
/// - Source: RFC 6749 section 3.2 and appendix B.
record Form(Map<String, String> values) {
  /// The most bytes a form may have.
  static final int LIMIT = 64 * 1024;

  Form {
    values = Map.copyOf(values);
  }

  /// Reads a form, or empty if the bytes are none: too many, a wrong escape, not UTF-8, or a
  /// parameter twice.
  static Optional<Form> parse(byte[] body) {
    if (body.length > LIMIT) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    int start = 0;
    while (start < body.length) {
      int end = indexOf(body, '&', start, body.length);
      int equals = indexOf(body, '=', start, end);
      Optional<String> name = decode(body, start, equals);
      Optional<String> value = decode(body, Math.min(equals + 1, end), end);
      if (name.isEmpty() || value.isEmpty()) {
        return Optional.empty();
      }
      if (!value.get().isEmpty() && values.put(name.get(), value.get()) != null) {
        return Optional.empty();
      }
      start = end + 1;
    }
    return Optional.of(new Form(values));
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /// Undoes the escapes of one name or value; empty if they are wrong or it is not UTF-8.
  static Optional<String> decode(byte[] bytes, int start, int end) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(end - start);
    for (int i = start; i < end; i++) {
      if (bytes[i] == '%') {
        int high = i + 2 < end ? Character.digit(bytes[i + 1], 16) : -1;
        int low = i + 2 < end ? Character.digit(bytes[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        decoded.write(high << 4 | low);
        i += 2;
      } else {
        decoded.write(bytes[i] == '+' ? ' ' : bytes[i]);
      }
    }
    try {
      ByteBuffer utf8 = ByteBuffer.wrap(decoded.toByteArray());
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(utf8).toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  private static int indexOf(byte[] bytes, char wanted, int start, int end) {
    int i = start;
    while (i < end && bytes[i] != wanted) {
      i++;
    }
    return i;
  }
}
