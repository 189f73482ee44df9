package dev.reprise.server.sample;

import dev.reprise.query.Dataset;
import dev.reprise.server.file.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/// A database file with believable rows for each dataset, so that every query has something to
/// find.
public final class SampleData {
  public static final long MAX_ROWS = 10_000_000;

  private SampleData() {}

  /// Writes the file, or nothing: it gets its name when it is whole. What an earlier attempt left
  /// is removed first, and a file of that name is replaced.
  ///
  /// - Shape: one table per dataset, of its name; its fields are the columns, then the measures.
  /// - The same rows and the same UTC day of `now` give the same content.
  ///
  /// @param rows of each dataset, from 1 to [#MAX_ROWS]
  /// @throws IOException if the file cannot be written
  public static void create(
      Path databaseFile, List<Dataset> datasets, long rows, Instant now, Progress progress)
      throws IOException {
    if (rows < 1 || rows > MAX_ROWS) {
      throw new IllegalArgumentException(
          "%d rows of sample data are not between 1 and %d".formatted(rows, MAX_ROWS));
    }
    Path target = databaseFile.toAbsolutePath();
    removeUnfinished(target);
    Path unfinished = unfinished(target);
    LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
    new DuckDbSampleFile(unfinished, rows, today).write(datasets, progress);
    Durable.move(unfinished, target);
  }

  /// Removes what a crash while writing `databaseFile` left behind.
  public static void removeUnfinished(Path databaseFile) throws IOException {
    Path unfinished = unfinished(databaseFile.toAbsolutePath());
    Files.deleteIfExists(unfinished);
    Files.deleteIfExists(unfinished.resolveSibling(unfinished.getFileName() + ".wal"));
  }

  private static Path unfinished(Path target) {
    return target.resolveSibling("." + target.getFileName() + ".unfinished");
  }
}
