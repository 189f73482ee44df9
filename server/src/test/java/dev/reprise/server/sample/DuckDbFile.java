package dev.reprise.server.sample;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// A database file as a reader of the sample data sees it.
final class DuckDbFile implements AutoCloseable {
  private final Connection connection;

  DuckDbFile(Path file) throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:" + file);
  }

  /// The first column of all rows.
  List<String> texts(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(String.valueOf(rows.getString(1)));
      }
      return texts;
    }
  }

  long number(String sql) throws SQLException {
    return Long.parseLong(texts(sql).getFirst());
  }

  /// A number that every value of every row decides, and their order does not.
  String content(String table) throws SQLException {
    String sql = "SELECT bit_xor(hash(t)) || ' ' || sum(hash(t)) FROM \"%s\" AS t".formatted(table);
    return texts(sql).getFirst();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
