package dev.reprise.server.setting;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Where the content of settings files comes from.
@FunctionalInterface
public interface ConfigFiles {
  /// The most bytes that settings may take.
  int LARGEST = 1024 * 1024;

  /// All of a file, or empty if there is none.
  Optional<byte[]> read(Path file) throws IOException;

  /// Those on this machine.
  static ConfigFiles onDisk() {
    return file -> {
      if (Files.isDirectory(file)) {
        throw new IOException("it is a folder");
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] content = in.readNBytes(LARGEST + 1);
        if (content.length > LARGEST) {
          throw new IOException("it is larger than " + LARGEST + " bytes");
        }
        return Optional.of(content);
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    };
  }
}
