package dev.reprise.server.tls;

import dev.reprise.server.setting.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The blocks between `-----BEGIN` and `-----END` in a file.
///
/// - Limits: 1 MiB.
/// - Source: RFC 7468 section 2; RFC 1421 section 4.4 for the headers that old encrypted keys have.
record PemFile(Path file, List<Block> blocks) {
  private static final int LARGEST = 1024 * 1024;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /// @param type such as `CERTIFICATE`
  record Block(String type, String base64) {
    byte[] der() {
      return Base64.getMimeDecoder().decode(base64);
    }

    /// Itself, if it can be decoded.
    Block checked() {
      if (der().length == 0) {
        throw new IllegalArgumentException("empty");
      }
      return this;
    }
  }

  /// @param setting that names the file, for messages
  /// @throws StartRefused if the file cannot be read or has an encrypted block
  static PemFile read(Path file, String setting) {
    String text = text(file, setting);
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      String type = matcher.group(1);
      if (type.startsWith("ENCRYPTED") || matcher.group(2).contains("ENCRYPTED")) {
        throw new StartRefused(
            "%s: %s is encrypted; write it without a password, as with openssl pkey -in OLD -out NEW"
                .formatted(setting, file));
      }
      var block = new Block(type, matcher.group(2));
      try {
        blocks.add(block.checked());
      } catch (IllegalArgumentException e) {
        throw new StartRefused("%s: the %s in %s is damaged".formatted(setting, type, file), e);
      }
    }
    return new PemFile(file, List.copyOf(blocks));
  }

  /// The blocks whose type ends so.
  List<Block> ending(String type) {
    return blocks.stream().filter(block -> block.type().endsWith(type)).toList();
  }

  Optional<Block> first(String type) {
    return ending(type).stream().findFirst();
  }

  private static String text(Path file, String setting) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new StartRefused("%s: %s is larger than 1 MiB".formatted(setting, file));
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new StartRefused("%s: there is no file %s".formatted(setting, file), e);
    } catch (AccessDeniedException e) {
      throw new StartRefused(
          "%s: %s may not be read by the user that runs the service".formatted(setting, file), e);
    } catch (IOException e) {
      throw new StartRefused(
          "%s: %s cannot be read: %s".formatted(setting, file, e.getMessage()), e);
    }
  }
}
