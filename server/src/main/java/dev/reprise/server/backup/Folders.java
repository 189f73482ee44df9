package dev.reprise.server.backup;

import dev.reprise.server.file.Durable;
import dev.reprise.server.setting.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

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
      Durable.deleteTree(partial);
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
          Durable.forceFolder(folder);
        }
      }
      Files.deleteIfExists(place); // An empty folder, or nothing.
      Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE);
      Durable.forceFolder(of(place));
    } catch (IOException e) {
      throw refused(place, e);
    }
  }

  private static Path of(Path place) {
    try {
      return Durable.folderOf(place);
    } catch (IllegalArgumentException e) {
      throw new StartRefused(place + " lies in no folder", e);
    }
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
}
