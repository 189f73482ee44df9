package dev.reprise.server.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/// One in-memory DuckDB with the datasets attached, for one run at a time.
///
/// Memory, threads and spill space are limited for each instance, so runs cannot starve each other.
/// It reads the datasets' file and those of own tables, reads and writes the staging folder, and
/// nothing else: no other file, no network, no extension, and no SQL that could change that. What
/// could be changed is the limit of memory, by [DuckDbMemory]; no query that we compile does.
final class DuckDbInstance implements AutoCloseable {
  private final Connection connection;
  private final DuckDbStatements statements;
  private final DuckDbMemory memory;
  private final Path spill;
  private final long spillBytes;
  private final OwnFiles ownFiles;

  private DuckDbInstance(
      Connection connection, DuckDbMemory memory, Path spill, long spillBytes, OwnFiles ownFiles) {
    this.connection = connection;
    this.statements = new DuckDbStatements(connection);
    this.memory = memory;
    this.spill = spill;
    this.spillBytes = spillBytes;
    this.ownFiles = ownFiles;
  }

  static DuckDbInstance open(EngineSettings settings) throws SQLException {
    OwnFiles ownFiles = ownFiles(settings); // Before they are read: one that comes is noticed.
    Path spill = newFolder(settings.spill());
    try {
      Connection connection = DriverManager.getConnection("jdbc:duckdb:", limits(settings, spill));
      try {
        fence(connection, settings);
        var memory = new DuckDbMemory(settings, connection);
        return new DuckDbInstance(connection, memory, spill, settings.spillBytes(), ownFiles);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException | RuntimeException e) {
      remove(spill);
      throw e;
    }
  }

  /// Whether own tables have the files still that they had when it was opened.
  boolean isUpToDate(EngineSettings settings) throws SQLException {
    return ownFiles.equals(ownFiles(settings));
  }

  /// A statement with its parameters bound. It is the instance that closes it.
  PreparedStatement prepare(String sql, List<Object> parameters) throws SQLException {
    PreparedStatement statement = statements.of(sql);
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(i + 1, bindable(parameters.get(i)));
    }
    return statement;
  }

  /// Sets how much memory the next run may book.
  ///
  /// @param streamed whether it only hands on rows
  void begin(boolean streamed) throws SQLException {
    memory.begin(streamed);
  }

  /// Lets go of what the run has read of tables, if it is much.
  void forgetRead() throws SQLException {
    memory.forgetRead();
  }

  /// Whether its temporary files are larger than they may be. The engine's own limit leaves out
  /// blocks of unusual sizes, which sorts of texts are full of.
  boolean isSpillFull() {
    File[] files = spill.toFile().listFiles();
    long bytes = 0;
    for (File file : files == null ? new File[0] : files) {
      bytes += file.length();
    }
    return bytes > spillBytes;
  }

  @Override
  public void close() throws SQLException {
    try (connection;
        memory;
        statements) {
      // All are closed, whatever the others throw.
    } finally {
      remove(spill);
    }
  }

  private static OwnFiles ownFiles(EngineSettings settings) throws SQLException {
    try {
      return OwnFiles.of(settings.own());
    } catch (IOException | UncheckedIOException e) {
      throw new SQLException("the files of own tables cannot be looked at", e);
    }
  }

  private static Properties limits(EngineSettings settings, Path spill) {
    var limits = new Properties();
    limits.setProperty("memory_limit", settings.bookedBytes(false) + "B");
    limits.setProperty("threads", Integer.toString(settings.threads()));
    limits.setProperty("temp_directory", spill.toString());
    limits.setProperty("max_temp_directory_size", settings.spillBytes() + "B");
    // Rows without ORDER BY may come in any order, which is up to twice as fast.
    limits.setProperty("preserve_insertion_order", "false");
    // Threads of its own for writing may wait for each other for ever when a run is cancelled:
    // DuckDB 2.0.0 hung in one of 25 cancelled exports, and in none without them.
    limits.setProperty("async_threads", "0");
    limits.setProperty("autoinstall_known_extensions", "false");
    limits.setProperty("autoload_known_extensions", "false");
    limits.setProperty("allow_community_extensions", "false");
    limits.setProperty("allow_persistent_secrets", "false");
    return limits;
  }

  private static void fence(Connection connection, EngineSettings settings) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String datasets = DuckDbOwnTables.literal(settings.datasets());
      statement.execute("ATTACH " + datasets + " AS datasets (READ_ONLY)");
      List<Path> allowed = DuckDbOwnTables.join(statement, settings.own());
      // The first is where a statement would create something, and cannot.
      statement.execute("SET search_path = 'datasets.main,memory.main'");
      // Without a bar to print there is no progress to ask for.
      statement.execute("SET enable_progress_bar = true");
      statement.execute("SET enable_progress_bar_print = false");
      statement.execute("SET progress_bar_time = 0");
      statement.execute("SET TimeZone = 'UTC'");
      // What Parquet files say of themselves is read once, and again when a file has changed.
      statement.execute("SET parquet_metadata_cache = true");
      statement.execute("SET allowed_paths = " + DuckDbOwnTables.literals(allowed));
      List<Path> staging = List.of(settings.staging());
      statement.execute("SET allowed_directories = " + DuckDbOwnTables.literals(staging));
      statement.execute("SET enable_external_access = false");
      statement.execute("SET allowed_configs = " + DuckDbMemory.SETTINGS); // Of what follows.
      statement.execute("SET lock_configuration = true");
    }
  }

  /// The driver refuses instants. A local time is bound as it stands, in no zone.
  private static Object bindable(Object parameter) {
    return parameter instanceof Instant instant
        ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
        : parameter;
  }

  private static Path newFolder(Path parent) {
    try {
      return Files.createTempDirectory(Files.createDirectories(parent), "spill-");
    } catch (IOException e) {
      throw new UncheckedIOException("no spill folder in " + parent, e);
    }
  }

  private static void remove(Path folder) {
    if (Files.notExists(folder)) {
      return; // The engine removes a spill folder that it has used.
    }
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("spill folder " + folder + " cannot be removed", e);
    }
  }
}
