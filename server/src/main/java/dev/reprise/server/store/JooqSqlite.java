package dev.reprise.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.jooq.SQLDialect;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The tables in a file, which this process alone uses.
final class JooqSqlite implements JooqDatabase {
  private static final int PRIMARY = 0xff; // Extended codes keep the primary one in this byte.

  private final SQLiteDataSource writable;
  private final SQLiteDataSource readable;

  JooqSqlite(Path file) {
    this.writable = source(file, false);
    this.readable = source(file, true);
  }

  private static SQLiteDataSource source(Path file, boolean readOnly) {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(10_000);
    config.setReadOnly(readOnly);
    config.setGetGeneratedKeys(false); // A further statement after each insert, for nobody.
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  SQLiteDataSource source() {
    return writable;
  }

  @Override
  public SQLDialect dialect() {
    return SQLDialect.SQLITE;
  }

  @Override
  public Connection reader() throws SQLException {
    return readable.getConnection();
  }

  @Override
  public Connection writer() throws SQLException {
    Connection connection = writable.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma wal_autocheckpoint = 0"); // Others copy what this one writes.
    }
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public void begin(Connection connection) {
    // Nobody else writes, and the first statement begins it.
  }

  @Override
  public String probe() {
    return "pragma user_version = 0"; // Writes a page.
  }

  @Override
  public AfterCommits afterCommits(Lock writing) {
    return new JooqCheckpoints(writable, writing);
  }

  @Override
  public Optional<String> unwritable(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        return words(SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & PRIMARY));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> words(SQLiteErrorCode code) {
    return switch (code) {
      case SQLITE_FULL -> Optional.of("the disk is full");
      case SQLITE_IOERR -> Optional.of("the disk fails, or is full");
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN -> Optional.of("writing is not permitted");
      case SQLITE_BUSY, SQLITE_LOCKED -> Optional.of("another process holds it");
      case SQLITE_CORRUPT, SQLITE_NOTADB -> Optional.of("its file is damaged");
      default -> Optional.empty();
    };
  }
}
