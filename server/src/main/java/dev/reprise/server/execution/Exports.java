package dev.reprise.server.execution;

import dev.reprise.api.Format;
import dev.reprise.query.Sql;
import dev.reprise.server.delivery.ResultStore.Staged;
import dev.reprise.server.delivery.Written;
import dev.reprise.server.engine.Cancel;
import dev.reprise.server.engine.Engine;
import dev.reprise.server.engine.Export;
import dev.reprise.server.engine.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The exports under way: how far each has come, for who asks and, every ten seconds, for the log.
public final class Exports implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Exports.class);
  private static final Duration LOGGED = Duration.ofSeconds(10);

  private static final Duration LOOK = Duration.ofMillis(100);

  private final Engine engine;
  private final Optional<Engine> large;
  private final Semaphore largeTurn = new Semaphore(1, true);
  private final Duration timeout;
  private final Map<UUID, UnderWay> underWay = new ConcurrentHashMap<>();
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("export-progress").factory());

  /// @param large with more memory, for those that the other has too little for; empty if none has
  ///   more
  /// @param timeout how long one export may take
  public Exports(Engine engine, Optional<Engine> large, Duration timeout) {
    this.engine = engine;
    this.large = large;
    this.timeout = timeout;
    long millis = LOGGED.toMillis();
    var unused = ticks.scheduleWithFixedDelay(this::logAll, millis, millis, TimeUnit.MILLISECONDS);
  }

  /// Writes every row of a query to the staged file of an execution.
  Export run(Task task, Staged staged, Cancel cancel) {
    return run(engine, task, staged, cancel);
  }

  /// Whether an export that ended so may come to its end with more memory.
  boolean needsMore(Export ended) {
    return large.isPresent() && ended.equals(new Export.Failed(Problem.OUT_OF_MEMORY));
  }

  /// Writes them again with more memory, once nobody else has it; waits for that until the export
  /// is cancelled.
  Export runLarge(Task task, Staged staged, Cancel cancel) {
    if (!takeTurn(cancel)) {
      return new Export.Failed(Problem.CANCELLED);
    }
    try {
      LOG.info("Execution {} runs again with more memory", task.execution());
      return run(large.orElseThrow(), task, staged, cancel);
    } finally {
      largeTurn.release();
    }
  }

  private boolean takeTurn(Cancel cancel) {
    try {
      while (!cancel.isRequested()) {
        if (largeTurn.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private Export run(Engine by, Task task, Staged staged, Cancel cancel) {
    underWay.put(task.execution(), new UnderWay(staged, by));
    try {
      return by.export(task.sql(), staged.path(), task.format(), timeout, cancel);
    } finally {
      underWay.remove(task.execution());
    }
  }

  /// How far the export of an execution has come; empty if none is under way.
  public Optional<Progress> find(UUID execution) {
    return Optional.ofNullable(underWay.get(execution)).map(UnderWay::progress);
  }

  /// Why an export failed, in words for the owner of its report.
  String words(Problem problem) {
    return problem == Problem.TIMED_OUT
        ? problem.words() + ", which is " + timeout
        : problem.words();
  }

  @Override
  public void close() {
    ticks.shutdown();
  }

  private void logAll() {
    underWay.forEach((execution, under) -> {
      Progress progress = under.progress();
      LOG.info(
          "Execution {} goes on: {} rows, {} bytes{}",
          execution,
          progress.written().rows(),
          progress.written().bytes(),
          progress.percent().isPresent() ? ", " + progress.percent().getAsInt() + " %" : "");
    });
  }

  /// How far an export has come.
  ///
  /// @param percent of the work; empty where it cannot be told
  public record Progress(Written written, OptionalInt percent) {}

  /// What an export writes.
  record Task(UUID execution, Sql sql, Format format) {}

  private record UnderWay(Staged staged, Engine by) {
    Progress progress() {
      return new Progress(staged.written(), by.percent(staged.path()));
    }
  }
}
