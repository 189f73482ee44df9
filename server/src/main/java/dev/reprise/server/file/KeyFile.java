package dev.reprise.server.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/// A secret of random bytes: one file, made at first use, the same ever after.
///
/// - Limits: only the user that the service runs as may read it, where the file system knows users.
public final class KeyFile {
  private static final int BYTES = 32;

  private KeyFile() {}

  /// The secret of this name kept in a folder, made if there is none yet.
  public static byte[] in(Path folder, String name) {
    Path file = folder.resolve(name);
    try {
      if (Files.notExists(file)) {
        byte[] fresh = new byte[BYTES];
        new SecureRandom().nextBytes(fresh);
        Durable.write(file, fresh);
      }
      return read(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the key " + file + " cannot be read or made", e);
    }
  }

  /// One that was made before.
  public static byte[] read(Path file) throws IOException {
    byte[] key = Files.readAllBytes(file);
    if (key.length != BYTES) {
      throw new IllegalStateException(
          "%s has %d bytes instead of %d".formatted(file, key.length, BYTES));
    }
    return key;
  }
}
