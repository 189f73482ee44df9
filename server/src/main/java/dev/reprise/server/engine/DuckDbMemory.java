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
/// to do so all at once, before its memory is full.
///
/// - Source: docs/decisions/0015-reading-books-more-than-it-uses.md
final class DuckDbMemory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DuckDbMemory.class);

  /// What may still be set when everything else is locked.
  static final String SETTINGS = "['memory_limit']";

  /// After it could not let go of anything: rounds in which it does not try.
  private static final int LEFT_OUT = 20;

  private final EngineSettings settings;
  private final Connection connection; // Its own: that of the instance is busy with the run.
  private boolean streamed;
  private long limitBytes; // As it is set now.
  private int leaveOut;

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
    leaveOut = 0;
    limit(settings.bookedBytes(next));
  }

  /// Lets go of what was read of tables, while a streamed run goes on: if it is more than a fourth
  /// of what the run may book, all but an eighth. So much the run may book meanwhile for other
  /// ends; one that books much for them, as it does to read ahead in wide files, is left alone. So
  /// is one that sorts or groups: it may need its limit at any moment.
  void forgetRead() throws SQLException {
    if (!streamed || leaveOut-- > 0) {
      return;
    }
    long limit = settings.bookedBytes(true);
    limit(limit); // In case it could not be set again the last time.
    Booked booked = booked();
    if (booked.readBytes() > limit / 4 && booked.otherBytes() < limit / 3) {
      try {
        limit(booked.otherBytes() + limit / 8);
      } catch (SQLException e) {
        LOG.debug("What was read is in use", e); // As with very many columns.
        leaveOut = LEFT_OUT;
      } finally {
        limit(limit);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private void limit(long bytes) throws SQLException {
    if (bytes != limitBytes) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET memory_limit = '" + bytes + "B'");
      }
      limitBytes = bytes;
    }
  }

  private Booked booked() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT tag, memory_usage_bytes FROM duckdb_memory()")) {
      long read = 0;
      long other = 0;
      while (rows.next()) {
        if (rows.getString(1).equals("BASE_TABLE")) {
          read += rows.getLong(2);
        } else {
          other += rows.getLong(2);
        }
      }
      return new Booked(read, other);
    }
  }

  private record Booked(long readBytes, long otherBytes) {}
}
