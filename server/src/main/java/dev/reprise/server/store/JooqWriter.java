package dev.reprise.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// The one thread that writes. Changes that wait at the same time run one after another, each as if
/// alone, and are made durable by one commit; then all are acknowledged.
final class JooqWriter implements AutoCloseable {
  private static final int SHARE_LIMIT = 64;

  private final Connection connection;
  private final DSLContext context;
  private final BlockingQueue<Job<?>> queue = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "store-writer");
  private volatile boolean open = true;

  JooqWriter(Connection connection) throws SQLException {
    this.connection = connection;
    this.context = JooqStore.context(connection);
    connection.setAutoCommit(false);
    thread.start();
  }

  <T> T write(Function<DSLContext, T> work) {
    var job = new Job<>(work);
    if (!open) {
      throw new IllegalStateException("the store is closed");
    }
    queue.add(job);
    try {
      return job.result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException ours
          ? ours
          : new IllegalStateException("writing the store", e.getCause());
    }
  }

  /// Carries out what waits, then stops.
  @Override
  public void close() {
    open = false;
    queue.add(new Job<>(dsl -> true)); // Wakes the thread.
    try {
      thread.join();
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new IllegalStateException("closing the store", e);
    }
  }

  private void run() {
    List<Job<?>> batch = new ArrayList<>();
    while (open || !queue.isEmpty()) {
      try {
        batch.add(queue.take());
        queue.drainTo(batch, SHARE_LIMIT - 1);
        commit(batch);
      } catch (InterruptedException e) {
        open = false;
      }
      batch.clear();
    }
  }

  private void commit(List<Job<?>> batch) {
    try {
      for (Job<?> job : batch) {
        runAlone(job);
      }
      connection.commit();
      batch.forEach(Job::acknowledge);
    } catch (SQLException | RuntimeException e) {
      rollBack(e);
      batch.forEach(job -> job.result.completeExceptionally(e));
    }
  }

  /// What the job wrote is undone if it throws; the others of the batch stand.
  private void runAlone(Job<?> job) throws SQLException {
    Savepoint before = connection.setSavepoint();
    if (job.run(context)) {
      connection.releaseSavepoint(before);
    } else {
      connection.rollback(before);
    }
  }

  private void rollBack(Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /// One change and whoever waits for it.
  private static final class Job<T> {
    private final Function<DSLContext, T> work;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private @Nullable T value;
    private @Nullable RuntimeException failure;

    Job(Function<DSLContext, T> work) {
      this.work = work;
    }

    boolean run(DSLContext context) {
      try {
        value = work.apply(context);
        return true;
      } catch (RuntimeException e) {
        failure = e;
        return false;
      }
    }

    void acknowledge() {
      if (failure != null) {
        result.completeExceptionally(failure);
      } else {
        result.complete(value);
      }
    }
  }
}
