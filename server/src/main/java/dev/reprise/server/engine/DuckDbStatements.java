package dev.reprise.server.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// The statements that an instance has run last, ready to run with other values.
///
/// Many reports share a query, and reading the text of a small one takes the engine as long as
/// running it.
final class DuckDbStatements implements AutoCloseable {
  private static final int KEPT = 4;

  private final Connection connection;
  private final Map<String, PreparedStatement> kept = new LinkedHashMap<>(KEPT, 0.75f, true);

  DuckDbStatements(Connection connection) {
    this.connection = connection;
  }

  /// A statement that stays ours: it must not be closed, and is no longer used once the next run
  /// begins.
  PreparedStatement of(String sql) throws SQLException {
    PreparedStatement known = kept.get(sql);
    if (known != null && !known.isClosed()) { // The driver closes one that has failed.
      return known;
    }
    kept.remove(sql);
    if (kept.size() == KEPT) {
      Iterator<PreparedStatement> oldest = kept.values().iterator();
      oldest.next().close();
      oldest.remove();
    }
    PreparedStatement statement = connection.prepareStatement(sql);
    kept.put(sql, statement);
    return statement;
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : kept.values()) {
      statement.close();
    }
  }
}
