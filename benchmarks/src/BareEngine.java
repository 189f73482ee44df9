import dev.reprise.query.CheckedQuery;
import dev.reprise.query.Compiler;
import dev.reprise.query.QueryLanguage;
import dev.reprise.query.Sql;
import dev.reprise.query.Window;
import dev.reprise.server.dataset.Catalog;
import dev.reprise.server.dataset.CatalogFiles;
import dev.reprise.server.dataset.OwnDatasets;
import dev.reprise.server.dataset.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// DuckDB by itself: its own `COPY` of the SQL that the service runs, in any order of rows, with as
/// much memory as it likes, to a file that is neither hashed nor forced to the disk.
final class BareEngine implements AutoCloseable {
  private final Connection connection;
  private final Program program;

  /// @param more settings besides threads and any order of rows
  BareEngine(Path folder, int threads, Map<String, String> more) throws SQLException {
    var settings = new Properties();
    settings.putAll(more);
    settings.setProperty("threads", Integer.toString(threads));
    settings.setProperty("preserve_insertion_order", "false");
    settings.setProperty("temp_directory", folder.resolve("spill").toString());
    connection = DriverManager.getConnection("jdbc:duckdb:", settings);
    try (Statement statement = connection.createStatement()) {
      statement.execute("ATTACH '" + folder.resolve("wide.duckdb") + "' AS own (READ_ONLY)");
      statement.execute("CREATE VIEW \"Table\" AS SELECT * FROM own.wide");
      statement.execute(
          "CREATE VIEW \"Parquet\" AS SELECT * FROM '" + folder.resolve("wide.parquet") + "'");
    }
    program = Catalog.load(CatalogFiles.SHIPPED, OwnDatasets.in(folder)).program("cmp").orElseThrow();
  }

  /// How many rows a query has, once they are all in the file.
  long copy(String query, Path file) throws Exception {
    CheckedQuery checked = QueryLanguage.check(query, program);
    Sql sql = Compiler.compile(checked, new Window(Optional.empty(), Optional.empty()), true);
    Files.deleteIfExists(file);
    String copy = "COPY (%s) TO '%s' (FORMAT csv, HEADER)".formatted(sql.text(), file);
    try (PreparedStatement statement = connection.prepareStatement(copy)) {
      for (int i = 0; i < sql.parameters().size(); i++) {
        statement.setObject(i + 1, sql.parameters().get(i));
      }
      return statement.executeLargeUpdate();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
