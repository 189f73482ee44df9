package dev.reprise.server.engine;

import dev.reprise.api.Format;
import dev.reprise.query.Sql;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/// Port: what we need of the machine that holds the datasets.
///
/// Calls block in native code, which pins a virtual thread: make them on platform threads, one
/// thread for each run at once.
public interface Engine extends AutoCloseable {
  /// Writes every row of a query to a file and says how many there were.
  ///
  /// - Shape: a header line with the names of the columns, then one line per row, as the query
  ///   language promises for result files.
  /// - Units: the destination lies in the staging folder of [EngineSettings]; the file is there
  ///   only if the answer is [Export.Done], but not yet synced to disk.
  /// - Limits: ends within a fraction of a second of the timeout or of [Cancel#request].
  Export export(Sql sql, Path destination, Format format, Duration timeout, Cancel cancel);

  /// How far the export to a file has come, from 0 to 100; empty where none is under way or it
  /// cannot be told.
  OptionalInt percent(Path destination);

  /// The first rows of a query, as values.
  ///
  /// - Limits: at most `limit` rows are kept; the timeout and the cancel are those of [#export].
  Rows rows(Sql sql, int limit, Duration timeout, Cancel cancel);

  /// Frees all that is kept for later runs. Call it when the last run has ended.
  @Override
  void close();
}
