package dev.reprise.server.execution;

import dev.reprise.api.RefusedException;
import dev.reprise.query.CheckedQuery;
import dev.reprise.query.Compiler;
import dev.reprise.query.Sql;
import dev.reprise.query.Window;
import dev.reprise.server.delivery.IncompleteException;
import dev.reprise.server.delivery.ResultFile;
import dev.reprise.server.delivery.ResultStore;
import dev.reprise.server.delivery.ResultStore.Staged;
import dev.reprise.server.engine.Cancel;
import dev.reprise.server.engine.Export;
import dev.reprise.server.engine.Problem;
import dev.reprise.server.execution.OwnersQueries.OwnersQuery;
import dev.reprise.server.log.About;
import dev.reprise.server.report.Report;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.report.ReportStore.Deleted;
import dev.reprise.server.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes one attempt: compiles the query for its slot, exports it to a file nobody sees, publishes
/// the file when it is whole, and records the outcome.
public final class Runner {
  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

  private static final Duration STORE_RETRY = Duration.ofSeconds(1);

  private final OwnersQueries queries;
  private final Exports exports;
  private final ResultStore results;
  private final ExecutionStore store;
  private final InstantSource clock;
  private final Map<ReportId, UnderWay> underWay = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  public Runner(
      OwnersQueries queries,
      Exports exports,
      ResultStore results,
      ExecutionStore store,
      InstantSource clock) {
    this.queries = queries;
    this.exports = exports;
    this.results = results;
    this.store = store;
    this.clock = clock;
  }

  /// Makes the attempt, and never throws: whatever goes wrong is its outcome.
  ///
  /// @param written called when its query has ended well, and its file and its outcome are left to
  ///   keep; no query of the attempt runs after that
  /// @return whether the execution has ended, well or not
  boolean run(Attempt attempt, Runnable written) {
    return About.during("execution " + attempt.executionId(), () -> outcome(attempt, written));
  }

  private boolean outcome(Attempt attempt, Runnable written) {
    var mine = new UnderWay(attempt, new Cancel(), written, new CompletableFuture<>());
    begin(mine);
    try {
      return whenTheStoreAnswers(mine);
    } catch (RefusedException e) {
      return fail(attempt, e.text(), false);
    } catch (IncompleteException e) {
      return fail(attempt, e.words(), true);
    } catch (RuntimeException | Error e) {
      LOG.error(
          "Execution {} of report {}: our fault", attempt.executionId(), attempt.report().id(), e);
      return fail(attempt, "Internal error", true);
    } finally {
      underWay.remove(attempt.report().id());
      mine.ended().complete(true);
    }
  }

  /// A store that does not answer says nothing of the attempt: it is begun again.
  private boolean whenTheStoreAnswers(UnderWay mine) {
    while (!stopping) {
      try {
        return make(mine);
      } catch (StoreException e) {
        LOG.error("Execution {} waits for the store: {}", mine.attempt().executionId(), e.why());
        LockSupport.parkNanos(STORE_RETRY.toNanos());
      }
    }
    return false;
  }

  /// Waits for an attempt of the same report that was told to stop and has not yet: two never run
  /// at the same time.
  private void begin(UnderWay mine) {
    ReportId report = mine.attempt().report().id();
    for (var before = underWay.putIfAbsent(report, mine);
        before != null;
        before = underWay.putIfAbsent(report, mine)) {
      before.ended().join();
    }
  }

  /// Whether an attempt of a report is being made here.
  boolean isMaking(ReportId report) {
    return underWay.containsKey(report);
  }

  /// Ends the attempt at a slot of a report soon.
  void stop(ReportId report, Instant slot) {
    Optional.ofNullable(underWay.get(report))
        .filter(under -> under.attempt().slot().equals(slot))
        .ifPresent(under -> under.cancel().request());
  }

  /// Ends the attempt of a report soon and removes its files.
  void remove(Deleted deleted) {
    Optional.ofNullable(underWay.get(deleted.report().id()))
        .ifPresent(under -> under.cancel().request());
    deleted.results().forEach(results::delete);
  }

  /// Ends attempts soon whose claim is gone.
  void stopUnclaimed() {
    underWay.values().stream()
        .filter(under -> !store.isClaimed(under.attempt()))
        .forEach(under -> under.cancel().request());
  }

  /// Ends all attempts soon. Their outcomes are not recorded: they are made again at the next
  /// start.
  void stop() {
    stopping = true;
    underWay.values().forEach(under -> under.cancel().request());
  }

  private boolean make(UnderWay mine) {
    Attempt attempt = mine.attempt();
    // From here on whoever takes the claim away finds the attempt and can stop it; who was earlier
    // is seen here.
    if (!store.isClaimed(attempt)) {
      return stopped(attempt);
    }
    Report report = attempt.report();
    OwnersQuery owned = queries.of(report);
    Window window = report.definition().period().orElseGet(() -> window(attempt, owned.query()));
    Sql sql = Compiler.compile(owned.query(), window, owned.all());
    var task = new Exports.Task(attempt.executionId(), sql, report.definition().format());
    try (Staged staged = results.stage(attempt.key())) {
      Export ended = exports.run(task, staged, mine.cancel());
      if (!exports.needsMore(ended)) {
        return ended(mine, window, staged, ended);
      }
    }
    return makeLarge(mine, task, window);
  }

  private boolean makeLarge(UnderWay mine, Exports.Task task, Window window) {
    Attempt attempt = mine.attempt();
    LOG.info("Execution {} needs more memory and waits for it", attempt.executionId());
    try (Staged staged = results.stage(attempt.key())) {
      return ended(mine, window, staged, exports.runLarge(task, staged, mine.cancel()));
    }
  }

  private boolean ended(UnderWay mine, Window window, Staged staged, Export ended) {
    return switch (ended) {
      case Export.Done(var rows) -> {
        mine.written().run();
        yield complete(mine.attempt(), window, staged, rows);
      }
      case Export.Failed(var problem) -> failed(mine.attempt(), problem);
    };
  }

  /// That of its slot; if other slots were merged into it, from where the window of the oldest
  /// begins.
  private static Window window(Attempt attempt, CheckedQuery query) {
    Window own = query.window(attempt.slot());
    return attempt
        .start()
        .mergedFrom()
        .map(oldest -> new Window(query.window(oldest).from(), own.to()))
        .orElse(own);
  }

  /// What takes too long once does so again, and would keep others waiting for as long.
  private boolean failed(Attempt attempt, Problem problem) {
    return problem == Problem.CANCELLED
        ? stopped(attempt)
        : fail(attempt, exports.words(problem), problem != Problem.TIMED_OUT);
  }

  /// Nothing is recorded: who stopped it did that already, or the next start makes it again.
  private static boolean stopped(Attempt attempt) {
    LOG.info(
        "Execution {} of report {} for {} was stopped",
        attempt.executionId(),
        attempt.report().id(),
        attempt.slot());
    return false;
  }

  private boolean complete(Attempt attempt, Window window, Staged staged, long rows) {
    ResultFile file = results.publish(staged, attempt.key(), rows);
    boolean accepted =
        recorded(attempt, () -> store.complete(attempt, window, file, clock.instant()));
    if (stopping) {
      return accepted;
    }
    if (!accepted) {
      results.delete(attempt.key());
      return false;
    }
    attempt.earlierKeys().forEach(results::delete); // Published and not recorded, if they are.
    LOG.info(
        "Execution {} of report {} for {} completed: {} rows, {} bytes",
        attempt.executionId(),
        attempt.report().id(),
        attempt.slot(),
        file.rows(),
        file.bytes());
    return true;
  }

  private boolean fail(Attempt attempt, String error, boolean retry) {
    if (stopping) {
      return false;
    }
    LOG.warn(
        "Execution {} of report {} for {}: attempt {} failed: {}",
        attempt.executionId(),
        attempt.report().id(),
        attempt.slot(),
        attempt.number(),
        error);
    return recorded(attempt, () -> store.fail(attempt, error, retry, clock.instant()));
  }

  /// Tries until the store takes the outcome: without it the report would never run again. When the
  /// service stops first, the attempt is made again at the next start.
  private boolean recorded(Attempt attempt, BooleanSupplier outcome) {
    while (!stopping) {
      try {
        return outcome.getAsBoolean();
      } catch (StoreException e) {
        LOG.error(
            "The outcome of execution {} cannot be stored; trying again: {}",
            attempt.executionId(),
            e.why());
        LockSupport.parkNanos(STORE_RETRY.toNanos());
      } catch (RuntimeException e) {
        LOG.error(
            "The outcome of execution {} cannot be stored; trying again", attempt.executionId(), e);
        LockSupport.parkNanos(STORE_RETRY.toNanos());
      }
    }
    return false;
  }

  /// An attempt that is being made.
  ///
  /// @param written called when the query has ended well
  /// @param ended done when it has ended, however
  private record UnderWay(
      Attempt attempt, Cancel cancel, Runnable written, CompletableFuture<Boolean> ended) {}
}
