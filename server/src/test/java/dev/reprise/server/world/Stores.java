package dev.reprise.server.world;

import dev.reprise.server.history.Audit;
import dev.reprise.server.history.JooqAudit;
import dev.reprise.server.setting.StoreAddress;
import dev.reprise.server.store.JooqStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// In which store the services of the tests keep things: a file of SQLite in their data folder, or
/// with `-Dstore=postgresql` a database each on a server that the tests start.
public final class Stores {
  /// Whether it is PostgreSQL.
  public static final boolean POSTGRESQL = "postgresql".equals(System.getProperty("store"));

  private static final Map<Path, String> DATABASES = new HashMap<>();
  private static @Nullable EmbeddedPostgres server;

  private Stores() {}

  /// What a service over a data folder has to be told.
  public static List<String> flags(Path data) {
    return POSTGRESQL ? List.of("--store", url(data)) : List.of();
  }

  /// The store of a data folder, without a service.
  public static JooqStore open(Path data) {
    return POSTGRESQL ? JooqStore.open(address(data)) : JooqStore.open(data.resolve("reprise.db"));
  }

  /// The database of a data folder.
  public static StoreAddress address(Path data) {
    return new StoreAddress(url(data), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// The store of a data folder, beside the service; rules between tables do not hold there.
  public static Connection connect(Path data) throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            POSTGRESQL ? url(data) : "jdbc:sqlite:" + data.resolve("reprise.db"));
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          POSTGRESQL ? "set session_replication_role = replica" : "pragma busy_timeout = 10000");
      return connection;
    }
  }

  /// SQL for the id with a number.
  public static String uuid(String number) {
    return POSTGRESQL
        ? "('00000000-0000-4000-8000-' || lpad(to_hex(" + number + "), 12, '0'))::uuid"
        : "lower(printf('00000000-0000-4000-8000-%012x', " + number + "))";
  }

  /// What is wrong with the histories of a data folder's store.
  public static Audit.Result audit(Path data, Consumer<String> faults) {
    return POSTGRESQL ? JooqAudit.run(address(data), faults) : JooqAudit.run(data, faults);
  }

  /// The database of a data folder, made when it is first asked for.
  public static synchronized String url(Path data) {
    EmbeddedPostgres running = server();
    String name =
        DATABASES.computeIfAbsent(data.toAbsolutePath().normalize(), folder -> made(running));
    return running.getJdbcUrl("postgres", name);
  }

  private static String made(EmbeddedPostgres running) {
    String name = "store" + DATABASES.size();
    try (Connection connection = running.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
      return name;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Kills a process of the server that has the database of a data folder, and others: as after a
  /// crash it ends all connections, reads its log again and then serves on.
  public static void crash(Path data) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(data));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      ProcessHandle process = ProcessHandle.of(row.getLong(1)).orElseThrow();
      if (!process.destroyForcibly()) {
        throw new AssertionError("the server's processes are not ours to kill");
      }
      process.onExit().join();
    }
  }

  private static EmbeddedPostgres server() {
    EmbeddedPostgres running = server;
    if (running == null) {
      try {
        running =
            EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", "300")
                .setServerConfig("synchronous_commit", "on") // Off here unless asked for.
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      server = running; // Ends with the process.
    }
    return running;
  }
}
