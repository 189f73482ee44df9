package dev.reprise.server.callback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;

/// The key that all secrets of callbacks are made of: one file, made once, readable by the user
/// that the service runs as, where the file system has such permissions.
final class KeyFile {
  private static final String FILE = "callbacks.key";
  private static final int BYTES = 32;

  private KeyFile() {}

  static byte[] in(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      if (Files.notExists(file)) {
        make(folder, file);
      }
      byte[] key = Files.readAllBytes(file);
      if (key.length != BYTES) {
        throw new IllegalStateException(
            "%s has %d bytes instead of %d".formatted(file, key.length, BYTES));
      }
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException("no key for callbacks in " + folder, e);
    }
  }

  /// Under another name first: a crash must not leave half a key.
  private static void make(Path folder, Path file) throws IOException {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    Path unfinished = Files.createTempFile(folder, FILE, ".new"); // Readable by its owner alone.
    try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(key);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }
}
