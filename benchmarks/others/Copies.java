import de.siegmar.fastcsv.writer.CsvWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.util.Locale;

/// What people would otherwise use to get rows into a file: `COPY ... TO` of a PostgreSQL, and a
/// loop over its rows by JDBC into a CSV library.
final class Copies {
  private static final int FETCHED = 10_000;

  private Copies() {}

  /// @param arguments the Parquet file of [Wide], how many of its rows, and a folder that is not
  ///   there yet
  public static void main(String[] arguments) throws Exception {
    long rows = Long.parseLong(arguments[1]);
    Path folder = Files.createDirectories(Path.of(arguments[2]));
    folder.toFile().setWritable(true, false); // The server may run as another user.
    Path csv = folder.resolve("rows.csv");
    StringBuilder columns = new StringBuilder();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      String some = "SELECT * FROM '" + arguments[0] + "' LIMIT " + rows;
      statement.execute("COPY (" + some + ") TO '" + csv + "' (FORMAT csv, HEADER)");
      ResultSetMetaData meta =
          statement.executeQuery("SELECT * FROM '" + arguments[0] + "' LIMIT 0").getMetaData();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        columns.append(i > 1 ? ", \"" : "\"").append(meta.getColumnName(i)).append("\" ");
        columns.append(meta.getColumnTypeName(i));
      }
    }
    Path data = folder.resolve("postgres");
    try (var postgres = new Postgres(data)) {
      postgres.run("CREATE UNLOGGED TABLE wide (" + columns + ")");
      postgres.run("COPY wide FROM '" + csv + "' (FORMAT csv, HEADER)");
      postgres.run("VACUUM ANALYZE wide");
      Files.delete(csv);
      Path copied = data.resolve("copied.csv");
      long begin = System.nanoTime();
      postgres.run("COPY wide TO '" + copied + "' (FORMAT csv, HEADER)");
      told("PostgreSQL COPY TO a file of its own machine", rows, begin);
      Files.delete(copied);
      begin = System.nanoTime();
      loop(postgres, csv);
      told("PostgreSQL by JDBC into FastCSV", rows, begin);
    }
    System.exit(0); // Whatever threads the database's driver leaves.
  }

  private static void loop(Postgres postgres, Path csv) throws Exception {
    try (Connection connection = postgres.pool().getConnection();
        Statement statement = connection.createStatement();
        CsvWriter writer = CsvWriter.builder().build(csv)) {
      connection.setAutoCommit(false); // Else the driver holds all rows in memory.
      statement.setFetchSize(FETCHED);
      ResultSet result = statement.executeQuery("SELECT * FROM wide");
      String[] row = new String[result.getMetaData().getColumnCount()];
      while (result.next()) {
        for (int i = 0; i < row.length; i++) {
          row[i] = result.getString(i + 1);
        }
        writer.writeRecord(row);
      }
    }
  }

  private static void told(String what, long rows, long begin) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "  %-44s %,10.0f/s  %22s  %,d rows in %.1f s%n",
        what,
        rows / seconds,
        "",
        rows,
        seconds);
  }
}
