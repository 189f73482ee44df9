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
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The exports under way: how far each has come, for who asks and, every ten seconds, for the log.
public final class Exports implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Exports.class);
  private static final Duration LOGGED = Duration.ofSeconds(10);

  private final Engine engine;
  private final Duration timeout;
  private final Map<UUID, Staged> underWay = new ConcurrentHashMap<>();
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("export-progress").factory());

  /// @param timeout how long one export may take
  public Exports(Engine engine, Duration timeout) {
    this.engine = engine;
    this.timeout = timeout;
    long millis = LOGGED.toMillis();
    var unused = ticks.scheduleWithFixedDelay(this::logAll, millis, millis, TimeUnit.MILLISECONDS);
  }

  /// Writes every row of a query to the staged file of an execution.
  Export run(UUID execution, Sql sql, Format format, Staged staged, Cancel cancel) {
    underWay.put(execution, staged);
    try {
      return engine.export(sql, staged.path(), format, timeout, cancel);
    } finally {
      underWay.remove(execution);
    }
  }

  /// How far the export of an execution has come; empty if none is under way.
  public Optional<Progress> find(UUID execution) {
    return Optional.ofNullable(underWay.get(execution)).map(this::progress);
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

  private Progress progress(Staged staged) {
    return new Progress(staged.written(), engine.percent(staged.path()));
  }

  private void logAll() {
    underWay.forEach((execution, staged) -> {
      Progress progress = progress(staged);
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
}
