package dev.reprise.server.language;

import dev.reprise.query.ColumnType;
import dev.reprise.query.Dataset;
import dev.reprise.query.OutputColumn;
import dev.reprise.query.Sql;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// A DuckDB and a PostgreSQL that hold the same tables and run the same SQL.
final class Engines implements AutoCloseable {
  private final EmbeddedPostgres server;
  private final Map<String, Connection> connections = new LinkedHashMap<>();

  private Engines(EmbeddedPostgres server) {
    this.server = server;
  }

  /// Starts both; PostgreSQL unpacks itself into the folder.
  static Engines start(Path folder) throws IOException, SQLException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder().setOverrideWorkingDirectory(folder.toFile()).start();
    Engines engines = new Engines(server);
    try (Connection postgres = server.getPostgresDatabase().getConnection();
        Statement statement = postgres.createStatement()) {
      // Lower case by Unicode and order by character, whatever the machine's locale.
      statement.execute(
          "CREATE DATABASE datasets TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin"
              + " BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'");
    }
    engines.connections.put("DuckDB", DriverManager.getConnection("jdbc:duckdb:"));
    engines.connections.put(
        "PostgreSQL", server.getDatabase("postgres", "datasets").getConnection());
    return engines;
  }

  /// The engines that can hold such a table: PostgreSQL cuts names after 63 bytes.
  List<String> holding(Dataset dataset) {
    boolean cut = Table.fields(dataset).keySet().stream().anyMatch(name -> name.length() > 63);
    return cut ? List.of("DuckDB") : List.copyOf(connections.keySet());
  }

  /// Makes a table in both, in place of one of that name, and fills it with the same rows.
  void load(Table table) throws SQLException {
    Map<String, ColumnType> fields = Table.fields(table.dataset());
    String columns =
        fields.entrySet().stream()
            .map(field -> "\"" + field.getKey() + "\" " + stored(field.getValue()))
            .collect(Collectors.joining(", "));
    String marks =
        fields.values().stream()
            .map(type -> "CAST(? AS " + stored(type) + ")")
            .collect(Collectors.joining(", "));
    for (String engine : holding(table.dataset())) {
      Connection connection = connection(engine);
      String name = quoted(table.dataset());
      try (Statement create = connection.createStatement()) {
        create.execute("DROP TABLE IF EXISTS " + name);
        create.execute("CREATE TABLE " + name + " (" + columns + ")");
      }
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO " + name + " VALUES (" + marks + ")")) {
        for (Map<String, Object> row : table.rows()) {
          int at = 0;
          for (String field : fields.keySet()) {
            Object value = row.get(field);
            insert.setString(++at, value == null ? null : value.toString());
          }
          insert.executeUpdate();
        }
      }
    }
  }

  /// The rows that an engine answers, with each value as text.
  List<List<String>> run(String engine, Sql sql) {
    try (PreparedStatement statement = connection(engine).prepareStatement(sql.text())) {
      for (int i = 0; i < sql.parameters().size(); i++) {
        statement.setObject(i + 1, sql.parameters().get(i));
      }
      List<List<String>> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (OutputColumn column : sql.columns()) {
            row.add(shown(result, row.size() + 1, column.type()));
          }
          rows.add(Collections.unmodifiableList(row));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(engine + " does not run " + sql, e);
    }
  }

  /// The texts in the only column that a plain SQL answers.
  List<String> texts(String engine, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection(engine).createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        texts.add(result.getString(1));
      }
    }
    return texts;
  }

  private Connection connection(String engine) {
    return Objects.requireNonNull(connections.get(engine));
  }

  private static String shown(ResultSet result, int at, ColumnType type) throws SQLException {
    if (result.getObject(at) == null) {
      return "NULL";
    }
    return switch (type) {
      case STRING -> "'" + result.getString(at) + "'";
      case MONTH, DATE -> result.getString(at);
      case INTEGER -> Long.toString(result.getLong(at));
      case DECIMAL -> result.getBigDecimal(at).toPlainString();
      case TIMESTAMP -> result.getObject(at, LocalDateTime.class).toString();
      case BOOLEAN -> Boolean.toString(result.getBoolean(at));
    };
  }

  private static String stored(ColumnType type) {
    return switch (type) {
      case STRING -> "VARCHAR";
      case INTEGER -> "BIGINT";
      case DECIMAL -> "DECIMAL(18, 2)";
      case DATE, MONTH -> "DATE";
      case TIMESTAMP -> "TIMESTAMP";
      case BOOLEAN -> "BOOLEAN";
    };
  }

  private static String quoted(Dataset dataset) {
    return "\"" + dataset.name() + "\"";
  }

  @Override
  public void close() throws SQLException, IOException {
    for (Connection connection : connections.values()) {
      connection.close();
    }
    server.close();
  }
}
