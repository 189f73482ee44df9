package dev.reprise.server.engine;

import dev.reprise.api.Format;
import dev.reprise.query.ColumnType;
import dev.reprise.query.OutputColumn;
import dev.reprise.query.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An engine over a file of datasets, in a folder of its own.
final class Fixture implements AutoCloseable {
  static final Duration MINUTE = Duration.ofMinutes(1);

  private final Path folder;
  final EngineSettings settings;
  final DuckDbEngine engine;
  long nanos;
  long nanosPerCall;

  private Fixture(Path folder, long memoryBytes, long spillBytes, boolean formulaGuard) {
    this.folder = folder;
    settings =
        new EngineSettings(
            folder.resolve("datasets.duckdb"),
            List.of(),
            folder.resolve("temp"),
            folder.resolve("spill"),
            memoryBytes,
            spillBytes,
            2,
            formulaGuard,
            MINUTE);
    engine = new DuckDbEngine(settings, () -> nanos += nanosPerCall);
  }

  /// With tables made by these statements.
  static Fixture in(Path folder, String... statements) throws Exception {
    try (Connection connection = write(folder);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return over(folder, 512L << 20, 512L << 20);
  }

  /// With one table `Texts(i, v)` of these values.
  static Fixture ofTexts(Path folder, List<? extends @Nullable String> texts) throws Exception {
    try (Connection connection = write(folder);
        Statement create = connection.createStatement()) {
      create.execute("CREATE TABLE \"Texts\" (i BIGINT, v VARCHAR)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO \"Texts\" VALUES (?, ?)")) {
        for (int i = 0; i < texts.size(); i++) {
          insert.setInt(1, i);
          insert.setString(2, texts.get(i));
          insert.executeUpdate();
        }
      }
    }
    return over(folder, 512L << 20, 512L << 20);
  }

  /// A further engine over datasets that are already there.
  static Fixture over(Path folder, long memoryBytes, long spillBytes) throws Exception {
    Files.createDirectories(folder.resolve("temp"));
    return new Fixture(folder, memoryBytes, spillBytes, false);
  }

  /// The same with formulas made harmless.
  static Fixture guarded(Path folder) {
    return new Fixture(folder, 512L << 20, 512L << 20, true);
  }

  Path file(String name) {
    return folder.resolve("temp").resolve(name);
  }

  Export csv(String sql, Path destination, Object... parameters) {
    return engine.export(sql(sql, parameters), destination, Format.CSV, MINUTE, new Cancel());
  }

  String csvText(String sql, Object... parameters) throws Exception {
    Path file = file("text.csv");
    Export export = csv(sql, file, parameters);
    if (!(export instanceof Export.Done)) {
      throw new AssertionError(export);
    }
    return Files.readString(file);
  }

  /// With the columns that the engine finds in it; one text if it finds none.
  Sql sql(String text, Object... parameters) {
    String none = "SELECT * FROM (" + text + ") LIMIT 0";
    List<OutputColumn> columns = new ArrayList<>();
    try (DuckDbInstance instance = DuckDbInstance.open(settings);
        ResultSet rows = instance.prepare(none, List.of(parameters)).executeQuery()) {
      ResultSetMetaData found = rows.getMetaData();
      for (int i = 1; i <= found.getColumnCount(); i++) {
        ColumnType type =
            switch (found.getColumnType(i)) {
              case Types.VARCHAR -> ColumnType.STRING;
              case Types.DECIMAL -> ColumnType.DECIMAL;
              case Types.DATE -> ColumnType.DATE;
              case Types.TIMESTAMP -> ColumnType.TIMESTAMP;
              case Types.BOOLEAN -> ColumnType.BOOLEAN;
              default ->
                  found.getColumnTypeName(i).startsWith("ENUM")
                      ? ColumnType.STRING
                      : ColumnType.INTEGER; // Of any size.
            };
        columns.add(new OutputColumn(found.getColumnName(i), type, false));
      }
    } catch (SQLException e) {
      columns.add(new OutputColumn("a", ColumnType.STRING, false));
    }
    return new Sql(text, List.of(parameters), columns, false);
  }

  @Override
  public void close() {
    engine.close();
  }

  private static Connection write(Path folder) throws Exception {
    return DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("datasets.duckdb"));
  }
}
