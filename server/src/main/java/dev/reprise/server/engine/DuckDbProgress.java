package dev.reprise.server.engine;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import org.duckdb.DuckDBPreparedStatement;

/// What the engine says of how far a statement has come. It counts the rows that it has read.
final class DuckDbProgress {
  private DuckDbProgress() {}

  /// Asked of a statement that another thread executes; empty before it knows and when it has
  /// ended.
  static OptionalInt percent(Statement statement) throws SQLException {
    double percent =
        statement.unwrap(DuckDBPreparedStatement.class).getQueryProgress().getPercentage();
    return percent < 0 ? OptionalInt.empty() : OptionalInt.of((int) Math.min(100, percent));
  }
}
