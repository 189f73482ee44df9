package dev.reprise.server.delivery;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Files that survive a loss of power once a method here has returned.
final class Durable {
  private Durable() {}

  /// Puts a complete file in its place, instead of any file there.
  static void move(Path from, Path to) throws IOException {
    sync(from);
    moveSynced(from, to);
  }

  /// The same with a file that is on the disk already.
  static void moveSynced(Path from, Path to) throws IOException {
    Path folder = folderOf(to);
    if (Files.notExists(folder)) {
      Files.createDirectories(folder);
      syncFolder(folderOf(folder));
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(folder);
  }

  static boolean delete(Path file) throws IOException {
    boolean deleted = Files.deleteIfExists(file);
    if (deleted) {
      syncFolder(folderOf(file));
    }
    return deleted;
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void syncFolder(Path folder) throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return; // Windows has no such call: its file systems keep renames in a journal.
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path folderOf(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException(path + " lies in no folder");
    }
    return folder;
  }
}
