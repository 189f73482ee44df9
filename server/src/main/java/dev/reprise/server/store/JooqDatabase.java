package dev.reprise.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/// Where the tables are, and in what an embedded file and a server differ.
interface JooqDatabase {
  Settings SETTINGS =
      new Settings()
          .withRenderQuotedNames(RenderQuotedNames.NEVER)
          .withExecuteLogging(false)
          .withFetchWarnings(false);

  SQLDialect dialect();

  /// A connection whose statements stand for themselves.
  Connection reader() throws SQLException;

  /// The one connection on which changes are made, in transactions.
  Connection writer() throws SQLException;

  /// Begins a transaction on that connection: waits for its turn where others write too.
  void begin(Connection connection) throws SQLException;

  /// A statement that shows whether anything can be written, and changes nothing.
  String probe();

  /// Why nothing can be written at all, in words that may leave the house; empty if a failure says
  /// nothing about that.
  Optional<String> unwritable(Throwable failure);

  /// What is to be done after commits, if anything.
  ///
  /// @param writing held during each commit
  AfterCommits afterCommits(Lock writing);

  /// Whether a connection still works, as far as can be told within a moment.
  static boolean works(Connection connection) {
    try {
      return connection.isValid(5); // Seconds.
    } catch (SQLException e) {
      return false;
    }
  }

  /// For one connection, and to be kept as long as that: what is prepared there hangs on it.
  default DSLContext context(Connection connection) {
    return DSL.using(connection, dialect(), SETTINGS);
  }

  /// Follows the writer.
  interface AfterCommits extends AutoCloseable {
    /// Something was committed.
    void committed();

    /// Returns when nothing is done any more.
    @Override
    void close();
  }
}
