package dev.reprise.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.StringJoiner;
import org.duckdb.DuckDBDriver;

/// The rows of Sales, in a database of their own.
final class SalesTable implements AutoCloseable {
  private static final String TABLE =
      """
      CREATE TABLE "Sales" ("Sku" varchar, "Country" varchar, "Email" varchar, "Quantity" bigint,
        "Price" decimal(18,2), "SoldOn" date, "PaidAt" timestamp, "Gift" boolean, "Month" date,
        "Units" bigint, "Buyer" varchar, "Amount" decimal(18,2));
      INSERT INTO "Sales" VALUES
        ('pen', 'NO', 'a@x', 1, 0.10, '2025-12-31', '2025-12-31 23:59:59.999', true, '2025-12-01',
          5, 'ada', 1.50),
        ('PEN', 'NO', 'b@x', 2, 0.20, '2026-01-01', '2026-01-01 00:00:00', false, '2026-01-01',
          7, 'ada', 2.50),
        ('Ink', 'SE', 'c@x', 3, NULL, '2026-01-04', '2026-01-04 12:00:00', NULL, '2026-01-01',
          NULL, 'linus', NULL),
        ('100\\%!', 'se', NULL, NULL, 9.99, '2026-01-05', NULL, true, NULL, NULL, NULL, NULL),
        (NULL, NULL, NULL, 4, 0.10, NULL, NULL, NULL, '2025-04-01', 1, 'grace', 0.01),
        ('', 'NO', NULL, 5, 0.10, '2026-01-05', NULL, false, '2025-04-01', 1, 'grace', 0.01);
      """;

  private final Connection connection;

  private SalesTable(Connection connection) {
    this.connection = connection;
  }

  static SalesTable open() throws SQLException {
    Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
    try (Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
    }
    return new SalesTable(connection);
  }

  /// The rows, each as its values with `|` between them, and `-` for an empty one.
  List<String> run(Sql sql) {
    try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
      for (int i = 0; i < sql.parameters().size(); i++) {
        statement.setObject(i + 1, sql.parameters().get(i));
      }
      try (ResultSet result = statement.executeQuery()) {
        List<String> rows = new ArrayList<>();
        while (result.next()) {
          StringJoiner row = new StringJoiner("|");
          for (int i = 1; i <= sql.columns().size(); i++) {
            String value = result.getString(i);
            row.add(value == null ? "-" : value);
          }
          rows.add(row.toString());
        }
        return rows;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql.toString(), e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
