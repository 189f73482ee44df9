package dev.reprise.server.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.UUID;

/// The secret that signs links. It is made once; without it no link given out before would work.
final class LinkSecret {
  static final String FILE = "links.key";
  private static final int BYTES = 32;

  private LinkSecret() {}

  /// The secret kept in a folder, made if there is none yet.
  static byte[] in(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      if (Files.notExists(file)) {
        make(folder, file);
      }
      byte[] secret = Files.readAllBytes(file);
      if (secret.length != BYTES) {
        throw new IllegalStateException(
            "%s has %d bytes instead of %d".formatted(file, secret.length, BYTES));
      }
      return secret;
    } catch (IOException e) {
      throw new UncheckedIOException("no secret for links in " + folder, e);
    }
  }

  private static void make(Path folder, Path file) throws IOException {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    Files.createDirectories(folder);
    Path staged = folder.resolve(FILE + "." + UUID.randomUUID());
    Files.createFile(staged, ownerOnly(folder));
    Files.write(staged, secret);
    Durable.move(staged, file);
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
