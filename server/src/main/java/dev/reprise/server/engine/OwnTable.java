package dev.reprise.server.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A table that lies outside of the datasets' file, and is only read.
///
/// @param name under which queries find it
/// @param fields those that queries may read
/// @param source a Parquet file, several with `*` in the last name, or a DuckDB file
/// @param table in the DuckDB file
public record OwnTable(String name, List<String> fields, Path source, String table) {
  public OwnTable {
    fields = List.copyOf(fields);
  }

  boolean isParquet() {
    return source.toString().endsWith(".parquet");
  }

  /// The files that are there now, in the order of their names.
  List<Path> files() {
    Path folder = source.getParent();
    Path last = source.getFileName();
    if (folder == null || last == null || last.toString().indexOf('*') < 0) {
      return List.of(source);
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, last.toString())) {
      found.forEach(files::add);
    } catch (IOException e) {
      throw new UncheckedIOException("the files of " + name + " cannot be listed", e);
    }
    Collections.sort(files);
    return files;
  }
}
