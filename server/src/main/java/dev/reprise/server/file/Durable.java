package dev.reprise.server.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Changes of files that survive a loss of power once a method here has returned.
public final class Durable {
  private Durable() {}

  /// Makes a file, or puts a new one in its place: whole or not at all, and readable by its owner
  /// alone where the file system knows owners.
  public static void write(Path file, byte[] content) throws IOException {
    Path folder = folderOf(file);
    Files.createDirectories(folder);
    Path unfinished = Files.createTempFile(folder, "." + file.getFileName(), ".new");
    try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }
    move(unfinished, file);
  }

  /// Puts a complete file in its place, instead of any file there.
  public static void move(Path from, Path to) throws IOException {
    force(from);
    moveForced(from, to);
  }

  /// The same with a file that is on the disk already.
  public static void moveForced(Path from, Path to) throws IOException {
    Path folder = folderOf(to);
    if (Files.notExists(folder)) {
      Files.createDirectories(folder);
      forceFolder(folderOf(folder));
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    forceFolder(folder);
  }

  /// Removes a file and returns whether there was one.
  public static boolean delete(Path file) throws IOException {
    boolean deleted = Files.deleteIfExists(file);
    if (deleted) {
      forceFolder(folderOf(file));
    }
    return deleted;
  }

  /// Removes a folder with all that is in it, if there is one; links are removed, what they point
  /// at is not. That alone need not survive.
  public static void deleteTree(Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(folder, new Removal());
    }
  }

  /// Waits until what is written to a file is on the disk.
  public static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /// Waits until the names in a folder are on the disk.
  public static void forceFolder(Path folder) throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return; // Windows has no such call: its file systems keep renames in a journal.
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// The folder that a file lies in.
  ///
  /// @throws IllegalArgumentException if it is the root of a file system
  public static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + " lies in no folder");
    }
    return folder;
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
