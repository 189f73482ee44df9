import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A table of 40 columns as reports have them, as a Parquet file and in a DuckDB file, with the
/// descriptions that make both known to the service as the datasets `Parquet` and `Table`.
final class Wide {
  private record Field(String name, String type, String sql) {}

  private static final List<Field> FIELDS = fields();

  private Wide() {}

  /// @param arguments the folder in which to make it, and of how many rows
  public static void main(String[] arguments) throws IOException, SQLException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    long rows = Long.parseLong(arguments[1]);
    long begin = System.nanoTime();
    Path parquet = folder.resolve("wide.parquet");
    Path table = folder.resolve("wide.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET memory_limit = '4GB'");
      statement.execute("SET temp_directory = '" + folder.resolve("spill") + "'");
      StringBuilder values = new StringBuilder();
      for (Field field : FIELDS) {
        values.append(field.sql()).append(" AS \"").append(field.name()).append("\", ");
      }
      statement.execute(
          "COPY (SELECT %s FROM range(%d) AS r (i)) TO '%s' (FORMAT parquet)"
              .formatted(values.substring(0, values.length() - 2), rows, parquet));
      statement.execute("ATTACH '" + table + "' AS made");
      statement.execute("CREATE TABLE made.wide AS SELECT * FROM '" + parquet + "'");
      statement.execute("DETACH made");
    }
    describe(folder, "Parquet", "wide.parquet");
    describe(folder, "Table", "wide.duckdb");
    System.out.printf(
        Locale.ROOT,
        "  made %,d rows of %d columns in %.0f s: Parquet %,d MB, DuckDB table %,d MB%n",
        rows,
        FIELDS.size(),
        (System.nanoTime() - begin) / 1e9,
        Files.size(parquet) / 1_000_000,
        Files.size(table) / 1_000_000);
  }

  /// The names of all columns, as a query selects them.
  static String columns() {
    return String.join(", ", FIELDS.stream().map(Field::name).toList());
  }

  private static void describe(Path folder, String name, String source) throws IOException {
    List<String> columns = new ArrayList<>();
    for (Field field : FIELDS) {
      columns.add(
          "{\"name\": \"%s\", \"type\": \"%s\", \"description\": \"\"}"
              .formatted(field.name(), field.type()));
    }
    Files.writeString(
        folder.resolve(name + ".json"),
        """
        {"program": "cmp", "name": "%s", "description": "40 columns", "source": "%s",
         "table": "wide", "minimumRecurrenceInterval": 4, "availableDateRanges": ["LIFETIME"],
         "columns": [%s],
         "metrics": [{"name": "Total", "function": "SUM", "of": "Amount0", "type": "decimal"}]}
        """
            .formatted(name, source, String.join(",\n", columns)));
  }

  private static List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      String words = "'Offer ' || hash(i + %d) %% %d".formatted(i, 50 * (i + 1));
      fields.add(new Field("Text" + i, "string", words));
    }
    for (int i = 0; i < 6; i++) {
      fields.add(new Field("Id" + i, "string", "md5((i + " + i + ")::VARCHAR)"));
    }
    for (int i = 0; i < 8; i++) {
      fields.add(new Field("Count" + i, "integer", "(hash(i * 7 + " + i + ") % 100000)::BIGINT"));
    }
    for (int i = 0; i < 6; i++) {
      String cents = "(hash(i * 3 + %d) %% 10000000)::DECIMAL(18, 2) / 100".formatted(i);
      fields.add(new Field("Amount" + i, "decimal", "(" + cents + ")::DECIMAL(18, 2)"));
    }
    for (int i = 0; i < 2; i++) {
      fields.add(
          new Field("Day" + i, "date", "DATE '2025-01-01' + (hash(i + " + i + ") % 365)::INT"));
      fields.add(
          new Field(
              "At" + i,
              "timestamp",
              "TIMESTAMP '2025-01-01' + to_seconds((i * 3 + " + i + ") % 31000000)"));
      fields.add(new Field("Flag" + i, "boolean", "hash(i + " + i + ") % 2 = 0"));
    }
    return List.copyOf(fields);
  }
}
