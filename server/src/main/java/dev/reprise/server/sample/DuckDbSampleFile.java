package dev.reprise.server.sample;

import dev.reprise.query.Dataset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/// Writes the tables of the sample data into a new database file. The shared world lives in memory
/// beside it and is gone when the file is closed.
final class DuckDbSampleFile {
  private static final long MANY_ROWS = 200_000;

  private static final Map<String, String> JOINS =
      Map.of(
          "c", "customer c ON c.n = r.customer",
          "o", "offer o ON o.n = r.offer",
          "p", "partner p ON p.n = r.partner",
          "v", "partner v ON v.n = r.reseller",
          "d", "partner d ON d.n = r.provider",
          "m", "product m ON m.n = r.product");

  private final Path file;
  private final long rows;
  private final LocalDate today;
  private final Rules rules = Rules.parse(resource("rules.txt"));
  private final String template = resource("rows.sql");

  DuckDbSampleFile(Path file, long rows, LocalDate today) {
    this.file = file;
    this.rows = rows;
    this.today = today;
  }

  void write(List<Dataset> datasets, Progress progress) {
    Properties settings = new Properties();
    settings.setProperty("memory_limit", "1GB");
    settings.setProperty(
        "temp_directory", ""); // Nothing here needs to spill, or to leave a folder.
    try (DuckDBConnection connection =
        new DuckDBDriver().connect("jdbc:duckdb:", settings).unwrap(DuckDBConnection.class)) {
      execute(connection, resource("world.sql"));
      execute(
          connection, "CREATE TABLE numbers AS SELECT range AS i FROM range(%d)".formatted(rows));
      execute(connection, "SET checkpoint_threshold = '1TB'"); // Once, at the end.
      // The rows must stay on the side that keeps its order, or the clustering by date is lost.
      execute(connection, "SET disabled_optimizers = 'join_order,build_side_probe_side'");
      String path = file.toString().replace("'", "''");
      execute(connection, "ATTACH '%s' AS sample".formatted(path));
      tables(connection, datasets, progress);
      execute(connection, "CHECKPOINT sample");
      execute(connection, "DETACH sample");
    } catch (SQLException e) {
      throw new IllegalStateException("Writing the sample data %s".formatted(file), e);
    }
  }

  /// Small tables use one thread each, so two are made at a time; large ones share both out.
  private void tables(DuckDBConnection connection, List<Dataset> datasets, Progress progress) {
    int processors = Runtime.getRuntime().availableProcessors();
    int atOnce = rows > MANY_ROWS ? 1 : Math.clamp(processors, 1, 4);
    try (ExecutorService makers = Executors.newFixedThreadPool(atOnce)) {
      CompletionService<String> made = new ExecutorCompletionService<>(makers);
      for (Dataset dataset : datasets) {
        made.submit(() -> table(connection, dataset));
      }
      for (int done = 1; done <= datasets.size(); done++) {
        try {
          progress.made(made.take().get(), done, datasets.size());
        } catch (ExecutionException e) {
          makers.shutdownNow();
          throw new IllegalStateException(
              "Writing the sample data %s".formatted(file), e.getCause());
        } catch (InterruptedException e) {
          makers.shutdownNow();
          Thread.currentThread().interrupt();
          throw new IllegalStateException("Interrupted while writing %s".formatted(file), e);
        }
      }
    }
  }

  private String table(DuckDBConnection connection, Dataset dataset) throws SQLException {
    try (Connection own = connection.duplicate()) {
      execute(own, sql(dataset));
    }
    return dataset.name();
  }

  private String sql(Dataset dataset) {
    String fields = rules.fields(dataset);
    StringBuilder joins = new StringBuilder();
    JOINS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(join -> Pattern.compile("\\b" + join.getKey() + "\\.").matcher(fields).find())
        .forEach(join -> joins.append("\nJOIN ").append(join.getValue()));
    long seed = (dataset.name().hashCode() & 0xFFFFFFL) * 2 * SampleData.MAX_ROWS;
    return template
        .replace("$fields", fields)
        .replace("$joins", joins)
        .replace("$dataset", dataset.name())
        .replace("$rows", Long.toString(rows))
        .replace("$seed", Long.toString(seed))
        .replace("$today", today.toString());
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String resource(String name) {
    try (InputStream in = DuckDbSampleFile.class.getResourceAsStream("/sample/" + name)) {
      if (in == null) {
        throw new IllegalStateException("sample/" + name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("Reading sample/" + name, e);
    }
  }
}
