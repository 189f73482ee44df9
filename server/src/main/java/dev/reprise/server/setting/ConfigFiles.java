package dev.reprise.server.setting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Where the content of settings files comes from.
@FunctionalInterface
public interface ConfigFiles {
  /// All of a file, or empty if there is none.
  Optional<byte[]> read(Path file) throws IOException;

  /// Those on this machine.
  static ConfigFiles onDisk() {
    return file -> {
      if (Files.isDirectory(file)) {
        throw new IOException("it is a folder");
      }
      try {
        return Optional.of(Files.readAllBytes(file));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    };
  }
}
