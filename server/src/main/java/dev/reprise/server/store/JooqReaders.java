package dev.reprise.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// The connections that read, each in use by one at a time and with the statements that it keeps.
final class JooqReaders implements AutoCloseable {
  private static final int LIMIT = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(1);

  private final BlockingQueue<Reader> free = new ArrayBlockingQueue<>(LIMIT);
  private final JooqDatabase database;
  private volatile boolean open = true;

  private record Reader(Connection connection, DSLContext context) {}

  JooqReaders(JooqDatabase database) {
    this.database = database;
    try {
      for (int i = 0; i < LIMIT; i++) {
        Connection connection = database.reader();
        free.add(new Reader(connection, database.context(connection)));
      }
    } catch (SQLException e) {
      close();
      throw new StoreException("opening the store", e);
    }
  }

  <T> T read(Function<DSLContext, T> work) {
    Reader reader = take();
    try {
      return work.apply(reader.context());
    } catch (DataAccessException e) {
      boolean broken = !JooqDatabase.works(reader.connection());
      reader = replaced(reader, e);
      if (broken
          && JooqDatabase.works(
              reader.connection())) { // As after a restart of a server; a read can be done again.
        return work.apply(reader.context());
      }
      if (broken) {
        throw new StoreException("reading the store", e);
      }
      throw e;
    } finally {
      free.add(reader);
    }
  }

  /// A fresh connection instead of one that failed; the same one if there is none to be had.
  private Reader replaced(Reader failed, DataAccessException why) {
    try {
      Connection connection = database.reader();
      failed.connection().close();
      return new Reader(connection, database.context(connection));
    } catch (SQLException e) {
      why.addSuppressed(e);
      return failed;
    }
  }

  private Reader take() {
    if (!open) {
      throw new StoreException("the store is closed");
    }
    @Nullable Reader reader;
    try {
      reader = free.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("waiting to read the store", e);
    }
    if (reader == null) {
      throw new StoreException("none of " + LIMIT + " readers was free within " + PATIENCE);
    }
    return reader;
  }

  /// Waits for a moment for those in use; the process ends all the same if one stays away.
  @Override
  public void close() {
    open = false;
    try {
      for (int closed = 0; closed < LIMIT; closed++) {
        Reader reader = free.poll(LAST_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (reader == null) {
          return;
        }
        reader.connection().close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new StoreException("closing the store", e);
    }
  }
}
