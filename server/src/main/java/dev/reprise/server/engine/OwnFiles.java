package dev.reprise.server.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of own tables as they were at one moment; two that are equal are of the same files.
record OwnFiles(List<State> states) {
  record State(Path path, long bytes, FileTime modified, @Nullable Object key) {}

  OwnFiles {
    states = List.copyOf(states);
  }

  /// @throws java.io.UncheckedIOException if a folder cannot be listed
  static OwnFiles of(List<OwnTable> tables) throws IOException {
    List<State> states = new ArrayList<>();
    for (OwnTable table : tables) {
      for (Path file : table.files()) {
        try {
          var found = Files.readAttributes(file, BasicFileAttributes.class);
          states.add(new State(file, found.size(), found.lastModifiedTime(), found.fileKey()));
        } catch (NoSuchFileException e) {
          states.add(new State(file, -1, FileTime.fromMillis(0), null));
        }
      }
    }
    return new OwnFiles(states);
  }
}
