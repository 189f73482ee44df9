package dev.reprise.server.store;

import dev.reprise.server.log.About;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes. Changes that wait at the same time run one after another, each as if
/// alone, and are made durable by one commit; then all are acknowledged.
final class JooqWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JooqWriter.class);
  private static final int SHARE_LIMIT = 64;

  private final JooqDatabase database;
  private final BlockingQueue<Job<?>> queue = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "store-writer");
  private final Lock writing = new ReentrantLock(true); // In turns, or nothing else gets it.
  private final JooqDatabase.AfterCommits afterCommits;
  private @Nullable Open connected;
  private boolean open = true;
  private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();
  private final AtomicBoolean probing = new AtomicBoolean();

  JooqWriter(JooqDatabase database) {
    this.database = database;
    this.afterCommits = database.afterCommits(writing);
    thread.start();
  }

  <T> T write(Function<DSLContext, T> work) {
    var job = new Job<>(work);
    enqueue(job);
    try {
      return job.result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException ours
          ? ours
          : new StoreException("writing the store", e.getCause());
    }
  }

  /// Why nothing can be written, as the last attempt showed. While that is so, each question makes
  /// another attempt, whose outcome the next one learns: trouble ends by itself.
  Optional<String> trouble() {
    Optional<String> seen = Optional.ofNullable(trouble.get());
    if (seen.isPresent() && probing.compareAndSet(false, true)) {
      enqueue(new Job<>(dsl -> dsl.execute(database.probe())));
    }
    return seen;
  }

  int waiting() {
    return queue.size();
  }

  private synchronized void enqueue(Job<?> job) {
    if (!open) {
      throw new StoreException("the store is closed");
    }
    queue.add(job);
  }

  /// Carries out what waits, then stops.
  @Override
  public void close() {
    synchronized (this) {
      if (open) {
        open = false;
        queue.add(Job.LAST);
      }
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Job<?>> batch = new ArrayList<>();
    boolean last = false;
    while (!last) {
      try {
        batch.add(queue.take());
      } catch (InterruptedException e) {
        continue; // Only close ends this thread.
      }
      queue.drainTo(batch, SHARE_LIMIT - 1);
      last = batch.remove(Job.LAST);
      writing.lock();
      try {
        commit(batch);
      } finally {
        writing.unlock();
      }
      afterCommits.committed();
      batch.clear();
    }
    afterCommits.close();
    disconnect();
  }

  private void commit(List<Job<?>> batch) {
    try {
      Open now = runAll(batch);
      now.connection().commit();
      trouble.set(null);
      batch.forEach(Job::acknowledge);
    } catch (SQLException | RuntimeException | Error e) {
      trouble.set(database.unwritable(e).orElse("it cannot be written"));
      // After a failed commit the driver may not know that the transaction is over: start afresh.
      disconnect();
      batch.forEach(job -> job.result.completeExceptionally(e));
    } finally {
      probing.set(false);
    }
  }

  /// A connection that broke since it was last used, as when a server was restarted, is opened
  /// anew: nothing of the batch was committed on it.
  private Open runAll(List<Job<?>> batch) throws SQLException {
    boolean fresh = connected == null;
    Open now = connect();
    try {
      runEach(batch, now);
      return now;
    } catch (SQLException e) {
      if (fresh || JooqDatabase.works(now.connection())) {
        throw e;
      }
      disconnect();
      now = connect();
      runEach(batch, now);
      return now;
    }
  }

  private void runEach(List<Job<?>> batch, Open now) throws SQLException {
    database.begin(now.connection());
    for (Job<?> job : batch) {
      runAlone(job, now);
    }
  }

  /// What the job wrote is undone if it throws; the others of the batch stand.
  private void runAlone(Job<?> job, Open now) throws SQLException {
    Savepoint before = now.connection().setSavepoint();
    if (job.run(now.context())) {
      now.connection().releaseSavepoint(before);
    } else if (job.failure != null && database.unwritable(job.failure).isPresent()) {
      throw new SQLException("the disk failed a change", job.failure); // And so fails its commit.
    } else {
      rollBack(now.connection(), before, job);
    }
  }

  private static void rollBack(Connection connection, Savepoint before, Job<?> job)
      throws SQLException {
    try {
      connection.rollback(before);
    } catch (SQLException gone) {
      // A full disk, for one, undoes the whole transaction by itself: why is what the job says.
      throw new SQLException("the transaction was undone", job.failure);
    }
  }

  private Open connect() throws SQLException {
    Open now = connected;
    if (now == null) {
      Connection connection = database.writer();
      now = new Open(connection, database.context(connection));
      connected = now;
    }
    return now;
  }

  /// Undoes what is not committed.
  private void disconnect() {
    Open last = connected;
    connected = null;
    if (last != null) {
      try {
        last.connection().close();
      } catch (SQLException e) {
        LOG.warn("A connection to the store did not close", e); // The next one is a fresh one.
      }
    }
  }

  /// The connection and, for as long as it is open, what is prepared on it.
  private record Open(Connection connection, DSLContext context) {}

  /// One change and whoever waits for it.
  private static final class Job<T> {
    /// Says that nothing follows.
    static final Job<Boolean> LAST = new Job<>(dsl -> true);

    private final Function<DSLContext, T> work;
    private final Optional<String> about = About.current();
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private @Nullable T value;
    private @Nullable Throwable failure;

    Job(Function<DSLContext, T> work) {
      this.work = work;
    }

    boolean run(DSLContext context) {
      failure = null; // It may be the second try.
      try {
        value = About.during(about, () -> work.apply(context));
        return true;
      } catch (RuntimeException | Error e) {
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
