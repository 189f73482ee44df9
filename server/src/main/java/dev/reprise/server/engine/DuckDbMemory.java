package dev.reprise.server.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How much memory one instance may use, and what it has read of tables in DuckDB files.
///
/// That it keeps until its memory is full. From then on it gives back each piece singly, and with
/// each all of its free memory to the system, which takes longer than the run itself. So it is made
/// to let go before, and keeps for itself what becomes free.
///
/// - Source: docs/decisions/0015-reading-books-more-than-it-uses.md
final class DuckDbMemory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DuckDbMemory.class);

  /// What may still be set when everything else is locked.
  static final String SETTINGS = "['memory_limit']";

  /// What may be kept of tables. Pieces of them have 256 KB.
  private static final long KEPT_BYTES = 16 << 20;

  private enum Forgetting {
    UNTRIED,
    /// The limit is refused, as something of ours is always in use.
    SAFE,
    /// The limit was taken, which it must not be.
    UNSAFE
  }

  private final EngineSettings settings;
  private final Connection connection; // Its own: that of the instance is busy with the run.
  private Forgetting forgetting = Forgetting.UNTRIED;
  private boolean streamed;
  private long limitBytes; // As it is set now.

  /// Of an instance that was opened with the limit of runs that are not streamed.
  DuckDbMemory(EngineSettings settings, Connection instance) throws SQLException {
    this.settings = settings;
    this.connection = ((DuckDBConnection) instance).duplicate();
    this.limitBytes = settings.bookedBytes(false);
  }

  /// Sets how much the next run may book.
  ///
  /// @param next whether it only hands on rows
  void begin(boolean next) throws SQLException {
    streamed = next;
    limit(settings.bookedBytes(next));
  }

  /// Lets go of what was read of tables, while a streamed run goes on.
  ///
  /// The engine is asked for a limit that it cannot keep. It lets go of all that is not in use at
  /// this moment and then refuses, and what became free is used again. One that sorts or groups is
  /// left alone: of its own it would write to the disk whatever is not in use.
  void forgetRead() throws SQLException {
    if (!streamed) {
      return;
    }
    long limit = settings.bookedBytes(true);
    limit(limit); // In case it could not be set again the last time.
    if (forgetting == Forgetting.UNSAFE || readBytes() <= KEPT_BYTES) {
      return;
    }
    if (forgetting == Forgetting.UNTRIED) {
      hold();
      forgetting = Forgetting.SAFE;
    }
    try {
      limit(1);
      forgetting = Forgetting.UNSAFE;
      LOG.warn("The engine took a limit of one byte, and is not asked for it again");
    } catch (SQLException e) {
      if (DuckDbErrors.problem(e) != Problem.OUT_OF_MEMORY) {
        throw e;
      }
      LOG.trace("All but what is in use was let go of", e);
    } finally {
      limit(limit);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /// Takes what is in use for as long as the instance is there: the index of a table, 256 KB.
  /// Without it nothing may be in use between two pieces of a run, and the limit would be taken.
  private void hold() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE OR REPLACE TEMP TABLE held (i INTEGER PRIMARY KEY)");
      statement.execute("INSERT INTO temp.held VALUES (1)"); // An empty index has no memory.
    }
  }

  private void limit(long bytes) throws SQLException {
    if (bytes != limitBytes) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET memory_limit = '" + bytes + "B'");
      }
      limitBytes = bytes;
    }
  }

  private long readBytes() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT memory_usage_bytes FROM duckdb_memory() WHERE tag = 'BASE_TABLE'")) {
      row.next();
      return row.getLong(1);
    }
  }
}
