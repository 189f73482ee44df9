package dev.reprise.server.backup;

import dev.reprise.server.setting.StartRefused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder that comes whole or not at all: it is filled under another name beside its place.
final class Folders {
  private Folders() {}

  /// Where to fill it; what an earlier try left there is gone.
  ///
  /// @throws StartRefused if something is in its place already
  static Path begin(Path place) {
    Path partial = of(place).resolve("." + place.getFileName() + ".part");
    try {
      if (Files.exists(place) && !isEmpty(place)) {
        throw new StartRefused(place + " is there already, and is not an empty folder");
      }
      Files.createDirectories(of(place));
      if (Files.exists(partial)) {
        Files.walkFileTree(partial, new Removal());
      }
      Files.createDirectory(partial);
      return partial;
    } catch (IOException e) {
      throw refused(place, e);
    }
  }

  /// Puts it in its place, with all that is in it on the disk.
  static void end(Path partial, Path place) {
    try {
      try (Stream<Path> all = Files.walk(partial)) {
        for (Path folder : all.filter(Files::isDirectory).toList()) {
          force(folder);
        }
      }
      Files.deleteIfExists(place); // An empty folder, or nothing.
      Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE);
      force(of(place));
    } catch (IOException e) {
      throw refused(place, e);
    }
  }

  static void force(Path path) throws IOException {
    if (Files.isDirectory(path)
        && !path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return; // Windows has no such call: its file systems keep renames in a journal.
    }
    try (FileChannel channel =
        FileChannel.open(
            path, Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  static Path of(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder == null) {
      throw new StartRefused(file + " lies in no folder");
    }
    return folder;
  }

  static StartRefused refused(Path place, IOException e) {
    return new StartRefused(place + " cannot be written: " + e.getMessage(), e);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.findAny().isEmpty();
    }
  }

  /// Removes a folder with all that is in it.
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
