package dev.reprise.server.world;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Datasets whose queries never end.
public final class Slow {
  private Slow() {}

  /// Makes the rows of a dataset of a data folder take longer than any test.
  public static void down(Path data, String dataset) throws SQLException {
    String url = "jdbc:duckdb:" + data.resolve("datasets.duckdb");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("ALTER TABLE \"%s\" RENAME TO kept".formatted(dataset));
      statement.execute(
          """
          CREATE VIEW "%s" AS SELECT * FROM kept
          WHERE (SELECT sum(hash(range) %% 7) FROM range(1000000000000)) > 0
          """
              .formatted(dataset));
    }
  }
}
