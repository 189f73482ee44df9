package dev.reprise.server.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// A file that browsers fetch, plain and packed.
final class ConsoleFile {
  private static final int TAG_BYTES = 12;
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8");

  final String type;
  final byte[] plain;
  final String tag;

  private volatile byte @Nullable [] packed;

  private ConsoleFile(String type, byte[] plain) {
    this.type = type;
    this.plain = plain;
    this.tag = HexFormat.of().formatHex(sha256(plain), 0, TAG_BYTES);
  }

  /// A file of a kind that its name tells.
  static ConsoleFile of(String name, byte[] bytes) {
    String kind = name.substring(name.lastIndexOf('.') + 1);
    String type = TYPES.get(kind);
    if (type == null) {
      throw new IllegalArgumentException(name + " is of no kind that pages are made of");
    }
    return new ConsoleFile(type, bytes);
  }

  /// A file on the class path.
  static ConsoleFile read(String resource) {
    try (InputStream in = ConsoleFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("There is no " + resource + " on the class path");
      }
      return of(resource, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + resource, e);
    }
  }

  /// The same in gzip, packed when it is first asked for.
  byte[] packed() {
    byte[] known = packed;
    if (known == null) {
      known = gzip(plain);
      packed = known;
    }
    return known;
  }

  String text() {
    return new String(plain, StandardCharsets.UTF_8);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] gzip(byte[] bytes) {
    var packed = new ByteArrayOutputStream(bytes.length / 3 + 64);
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("gzip to memory", e);
    }
    return packed.toByteArray();
  }
}
