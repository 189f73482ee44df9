package dev.reprise.server.store;

import dev.reprise.server.setting.StartRefused;
import dev.reprise.server.setting.StoreAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/// A store that is only looked at, also while a service runs on it.
public final class JooqSnapshot implements AutoCloseable {
  private static final int PRIMARY_CODE = 0xff;
  private static final Set<Integer> CANNOT_SHARE =
      Set.of(SQLiteErrorCode.SQLITE_CANTOPEN.code, SQLiteErrorCode.SQLITE_READONLY.code);

  private final Connection connection;
  private final DSLContext context;

  private JooqSnapshot(Connection connection, SQLDialect dialect) {
    this.connection = connection;
    this.context = DSL.using(connection, dialect, JooqDatabase.SETTINGS);
  }

  /// Opens the store of a data directory.
  ///
  /// @throws StartRefused if there is none
  public static JooqSnapshot open(Path folder) {
    Path file = folder.toAbsolutePath().normalize().resolve("reprise.db");
    if (!Files.isRegularFile(file)) {
      throw new StartRefused("There is no Reprise data in " + file.getParent());
    }
    try {
      return new JooqSnapshot(connection(file), SQLDialect.SQLITE);
    } catch (SQLException e) {
      throw new StoreException("opening the store", e);
    }
  }

  /// Opens the store on a server.
  ///
  /// @throws StartRefused if there is none, or it cannot be reached
  public static JooqSnapshot open(StoreAddress address) {
    try {
      Connection connection = new JooqPostgres(address, StoreUse.SHARED).reader();
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      return new JooqSnapshot(connection, SQLDialect.POSTGRES);
    } catch (SQLException e) {
      throw JooqPostgres.refused(address, e);
    }
  }

  /// Readers share a file beside the store with who writes to it. Where none can be made, as on a
  /// file system that cannot be written, and nothing is left in the store's log, it is read as a
  /// file that nobody writes.
  private static Connection connection(Path file) throws SQLException {
    try {
      return connection("jdbc:sqlite:" + file);
    } catch (SQLException e) {
      if (!CANNOT_SHARE.contains(e.getErrorCode() & PRIMARY_CODE) || hasLog(file)) {
        throw e;
      }
      return connection("jdbc:sqlite:file:" + file.toUri().getRawPath() + "?immutable=1");
    }
  }

  private static Connection connection(String url) throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(10_000);
    Connection connection = config.createConnection(url);
    try (Statement statement = connection.createStatement()) {
      statement.execute("select count(*) from sqlite_schema"); // Only now is the file looked at.
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static boolean hasLog(Path file) {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    try {
      return Files.exists(log) && Files.size(log) > 0;
    } catch (IOException e) {
      return true; // Who knows.
    }
  }

  /// Runs statements that all see the store as it was at the first of them. While they run the
  /// store's log cannot be folded into its file, so this is for a moment only.
  public <T> T read(Function<DSLContext, T> work) {
    try {
      T result = work.apply(context);
      connection.rollback(); // Nothing was written: this only lets go of the snapshot.
      return result;
    } catch (SQLException e) {
      throw new StoreException("reading the store", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StoreException("closing the store", e);
    }
  }
}
