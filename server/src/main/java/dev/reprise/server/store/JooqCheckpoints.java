package dev.reprise.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies what was committed from the log into the file, a little at a time and beside the writer.
/// SQLite would have the writer do it after every thousand pages, and all changes wait for that.
///
/// The log begins anew once all of it is copied, which may never be so while others write. When it
/// is long the writer is held up, for the little that it added during the last copy.
final class JooqCheckpoints implements JooqDatabase.AfterCommits {
  private static final Logger LOG = LoggerFactory.getLogger(JooqCheckpoints.class);

  /// From a commit to the copy. A longer one copies more at once, for which the disk makes the
  /// writer wait.
  private static final Duration REST = Duration.ofMillis(5);

  private static final Duration REST_AFTER_FAULT = Duration.ofSeconds(1);

  /// In pages of 4 KiB.
  private static final int LONG_LOG = 4_000;

  private final DataSource source;
  private final Lock writing;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "store-checkpoints"));
  private final AtomicBoolean planned = new AtomicBoolean();
  private @Nullable Connection connected;
  private boolean failing;

  /// Copies on a connection of its own.
  ///
  /// @param writing held by the writer during each of its commits
  JooqCheckpoints(DataSource source, Lock writing) {
    this.source = source;
    this.writing = writing;
  }

  @Override
  public void committed() {
    copyAfter(REST);
  }

  private void copyAfter(Duration rest) {
    if (planned.compareAndSet(false, true) && !thread.isShutdown()) {
      Future<?> unused = thread.schedule(this::copy, rest.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void copy() {
    planned.set(false);
    try (Statement statement = connect().createStatement()) {
      if (copied(statement) > LONG_LOG) {
        copied(statement); // What came meanwhile; what comes now is little.
        writing.lock();
        try {
          copied(statement);
        } finally {
          writing.unlock();
        }
      }
      failing = false;
    } catch (SQLException e) {
      if (!failing) { // The writer says what ails the disk.
        LOG.warn("The store's log was not copied into its file; trying again each second", e);
      }
      failing = true;
      copyAfter(REST_AFTER_FAULT);
    }
  }

  /// How long the log was in the end, in pages.
  private static int copied(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("pragma wal_checkpoint(passive)")) {
      row.next();
      return row.getInt("log");
    }
  }

  private Connection connect() throws SQLException {
    Connection now = connected;
    if (now == null) {
      now = source.getConnection();
      connected = now;
    }
    return now;
  }

  /// Returns when nothing is copied any more. What was not copied is by whoever closes the file
  /// last.
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      while (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("The store's log is still being copied into its file");
      }
      if (connected != null) {
        connected.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.warn("A connection to the store did not close", e);
    }
  }
}
