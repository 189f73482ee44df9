package dev.reprise.server.store;

import dev.reprise.server.setting.StartRefused;
import dev.reprise.server.setting.StoreAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import org.jooq.SQLDialect;
import org.postgresql.ds.PGSimpleDataSource;

/// The tables in a database of PostgreSQL. Who writes holds a lock of the session on which they
/// write: no other service can write meanwhile, and one that was thought dead finds its lock gone.
final class JooqPostgres implements JooqDatabase {
  private static final int CONNECT_SECONDS = 10;
  private static final int ANSWER_SECONDS = 60;
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOCK_RETRY = Duration.ofMillis(100);
  private static final String READ_COMMITTED_UTC =
      "set time zone 'UTC'; set default_transaction_isolation = 'read committed';"
          // So that the lock of a connection that is gone is free soon, whatever lies between.
          + " set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5;"
          + " set tcp_keepalives_count = 3; set tcp_user_timeout = 30000";
  private static final String LOCK =
      "select pg_try_advisory_lock(hashtext('reprise'), hashtext(current_schema()))";

  /// Not one of PostgreSQL's: another service holds the lock.
  static final String IN_USE = "RP001";

  private final PGSimpleDataSource source;

  JooqPostgres(StoreAddress address) {
    source = new PGSimpleDataSource();
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(ANSWER_SECONDS);
    source.setTcpKeepAlive(true);
    try {
      source.setURL(address.url());
    } catch (IllegalArgumentException e) { // It would say the password.
      throw new StartRefused("The store " + address + " has no address that the driver takes");
    }
    address.user().ifPresent(source::setUser);
    address.password().ifPresent(source::setPassword);
    source.setStringType("unspecified"); // Ids are texts here and uuids there.
    source.setApplicationName("reprise");
  }

  static StartRefused refused(StoreAddress address, Exception e) {
    String text = e instanceof StoreException ours ? ours.why() : String.valueOf(e.getMessage());
    String why = text.lines().findFirst().orElse("");
    return new StartRefused("The store " + address + " cannot be used: " + why, e);
  }

  PGSimpleDataSource source() {
    return source;
  }

  @Override
  public SQLDialect dialect() {
    return SQLDialect.POSTGRES;
  }

  @Override
  public Connection reader() throws SQLException {
    Connection connection = connect();
    connection.setReadOnly(true);
    return connection;
  }

  @Override
  public Connection writer() throws SQLException {
    Connection connection = connect();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(LOCK)) {
      if (!row.next() || !row.getBoolean(1)) {
        throw new SQLException("another Reprise uses it", IN_USE);
      }
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /// Sees that no other service writes. One that was killed a moment ago may still seem to.
  void awaitLock() throws SQLException {
    long end = System.nanoTime() + LOCK_PATIENCE.toNanos();
    while (true) {
      try {
        writer().close();
        return;
      } catch (SQLException e) {
        if (!IN_USE.equals(e.getSQLState()) || System.nanoTime() - end > 0) {
          throw e;
        }
        LockSupport.parkNanos(LOCK_RETRY.toNanos());
      }
    }
  }

  private Connection connect() throws SQLException {
    Connection connection = source.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(READ_COMMITTED_UTC);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public String probe() {
    return "select pg_current_xact_id()"; // Takes a number, which is logged.
  }

  @Override
  public AfterCommits afterCommits(Lock writing) {
    return new AfterCommits() {
      @Override
      public void committed() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public Optional<String> unwritable(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return words(sql.getSQLState());
      }
    }
    return Optional.empty();
  }

  /// By the classes of PostgreSQL's error codes.
  private static Optional<String> words(String state) {
    return switch (state) {
      case IN_USE -> Optional.of("another Reprise uses it");
      case "53100" -> Optional.of("its disk is full");
      case "25006", "42501" -> Optional.of("writing is not permitted");
      default ->
          switch (state.substring(0, 2)) {
            case "08" -> Optional.of("it cannot be reached");
            case "28" -> Optional.of("it does not let us in");
            case "53" -> Optional.of("it has no more room for us");
            case "57" -> Optional.of("it is stopping or starting");
            case "58", "XX" -> Optional.of("it fails");
            default -> Optional.empty();
          };
    };
  }
}
