package dev.reprise.server.store;

import dev.reprise.server.setting.StartRefused;
import dev.reprise.server.setting.StoreAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// The tables in a database of PostgreSQL. Who writes holds a lock of the session on which they
/// write, shared by all nodes or alone; each transaction takes another lock first, so that they
/// have an order, whichever node they are of.
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

  /// A node that stops in the midst of a transaction holds up all others: the server ends it then.
  private static final String IMPATIENT =
      "set idle_in_transaction_session_timeout = 5000; set lock_timeout = 15000;"
          + " set statement_timeout = 30000";

  private static final String OURS = "hashtext('reprise'), hashtext(current_schema())";
  private static final String LOCK = "select pg_try_advisory_lock(" + OURS + ")";
  private static final String SHARED_LOCK = "select pg_try_advisory_lock_shared(" + OURS + ")";
  private static final String HOLDERS =
      "select string_agg(distinct coalesce(host(client_addr), 'its own machine'), ', ')"
          + " from pg_locks join pg_stat_activity using (pid)"
          + " where locktype = 'advisory' and granted and pid <> pg_backend_pid()"
          + " and objsubid = 2 and classid::bigint::bit(32) = hashtext('reprise')::bit(32)"
          + " and objid::bigint::bit(32) = hashtext(current_schema())::bit(32)"
          + " and database = (select oid from pg_database where datname = current_database())";

  private static final String START =
      "select pg_advisory_lock(hashtext('reprise start'), hashtext(current_schema()))";

  /// The time is that after the lock was had: the one that had it before is done by then.
  private static final String TURN =
      "select pg_advisory_xact_lock(hashtext('reprise turn'), hashtext(current_schema())),"
          + " (extract(epoch from clock_timestamp()) * 1000000)::bigint";

  /// Not one of PostgreSQL's: another service holds the lock.
  static final String IN_USE = "RP001";

  private final PGSimpleDataSource source;
  private final StoreUse use;
  private final StoreClock clock = new StoreClock(System::nanoTime);

  JooqPostgres(StoreAddress address, StoreUse use) {
    this.use = use;
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
    Connection connection = locked(use);
    try (Statement statement = connection.createStatement()) {
      if (use == StoreUse.SHARED) {
        statement.execute(IMPATIENT);
      }
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void begin(Connection connection) throws SQLException {
    long asked = clock.timerNanos();
    try (PreparedStatement statement = connection.prepareStatement(TURN);
        ResultSet row = statement.executeQuery()) {
      row.next();
      clock.heard(row.getLong(2), asked);
    }
  }

  /// By which all nodes go; it knows the time once something was written.
  InstantSource clock() {
    return clock;
  }

  /// A connection with the lock of a use.
  private Connection locked(StoreUse wanted) throws SQLException {
    Connection connection = connect();
    try (Statement statement = connection.createStatement()) {
      String lock = wanted == StoreUse.SHARED ? SHARED_LOCK : LOCK;
      if (!"t".equals(value(statement, lock))) {
        String holders = value(statement, HOLDERS);
        String from = holders == null ? "" : " (from " + holders + ")";
        throw new SQLException(
            wanted == StoreUse.SHARED
                ? "another Reprise uses it alone" + from
                : "another Reprise uses it" + from + ", and it is wanted alone",
            IN_USE);
      }
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static @Nullable String value(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  /// Does something while nobody else uses the store, if it is still wanted when nobody does.
  void alone(BooleanSupplier wanted, Runnable work) throws SQLException {
    long end = System.nanoTime() + LOCK_PATIENCE.toNanos();
    Optional<Connection> lock = Optional.empty();
    while (lock.isEmpty() && wanted.getAsBoolean()) {
      lock = locked(StoreUse.ALONE, end);
    }
    if (lock.isPresent()) {
      try {
        work.run();
      } finally {
        lock.get().close();
      }
    }
  }

  /// A connection that is held by one service at a time, while it starts.
  Connection starting() throws SQLException {
    Connection connection = connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute("set lock_timeout = 30000");
      statement.execute(START);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /// Sees that others let us use it. One that was killed a moment ago may still seem to use it.
  void awaitLock() throws SQLException {
    long end = System.nanoTime() + LOCK_PATIENCE.toNanos();
    Optional<Connection> lock = Optional.empty();
    while (lock.isEmpty()) {
      lock = locked(use, end);
    }
    lock.get().close();
  }

  /// A connection with the lock; after a moment none, as long as waiting may help.
  private Optional<Connection> locked(StoreUse wanted, long end) throws SQLException {
    try {
      return Optional.of(locked(wanted));
    } catch (SQLException e) {
      if (!IN_USE.equals(e.getSQLState()) || System.nanoTime() - end > 0) {
        throw e;
      }
      LockSupport.parkNanos(LOCK_RETRY.toNanos());
      return Optional.empty();
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
      case "55P03" -> Optional.of("another node holds it");
      case "25P03", "57014" -> Optional.of("it ended a transaction that took too long");
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
