package dev.reprise.server.query;

import dev.reprise.api.ErrorCode;
import dev.reprise.query.CheckedQuery;
import dev.reprise.query.Compiler;
import dev.reprise.query.OutputColumn;
import dev.reprise.query.Sql;
import dev.reprise.query.Window;
import dev.reprise.server.access.Caller;
import dev.reprise.server.dataset.Program;
import dev.reprise.server.engine.Engine;
import dev.reprise.server.engine.Problem;
import dev.reprise.server.engine.Rows;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Tries queries: the first rows, at once.
///
/// - Limits: `threads` trials at a time; more wait. The engine blocks in native code, so they run
///   on threads of their own.
public final class Trials implements AutoCloseable {
  private final Engine engine;
  private final InstantSource clock;
  private final Duration timeout;
  private final ExecutorService threads;

  /// Runs `threads` trials at a time, each for as long as `timeout`.
  public Trials(Engine engine, InstantSource clock, Duration timeout, int threads) {
    this.engine = engine;
    this.clock = clock;
    this.timeout = timeout;
    this.threads =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("trial-", 1).daemon().factory());
  }

  /// The first rows of a query.
  ///
  /// @param period what replaces the date range of the query
  public Trial run(
      String text, Optional<Window> period, Program program, Caller caller, int limit) {
    CheckedQuery query = Queries.check(text, program, caller);
    Window window = period.orElseGet(() -> query.window(clock.instant()));
    boolean all = caller.seesSensitive();
    Sql sql = Compiler.compile(query, window, all);
    Rows rows =
        CompletableFuture.supplyAsync(() -> engine.rows(sql, limit, timeout), threads).join();
    return switch (rows) {
      case Rows.Found found ->
          new Trial(sql.columns(), found.rows(), !all && !query.sensitiveSelected().isEmpty());
      case Rows.Failed failed -> throw refusal(failed.problem());
    };
  }

  @Override
  public void close() {
    threads.shutdown();
  }

  private RuntimeException refusal(Problem problem) {
    return switch (problem) {
      case TIMED_OUT -> ErrorCode.QUERY_TOO_SLOW.refuse(timeout.toSeconds());
      case OUT_OF_MEMORY, SPILL_FULL -> ErrorCode.QUERY_TOO_LARGE.because(problem.words());
      case DISK_FULL, CANCELLED, OTHER -> new IllegalStateException(problem.words());
    };
  }

  /// The first rows of a query.
  ///
  /// @param redacted whether values were withheld
  public record Trial(
      List<OutputColumn> columns, List<List<@Nullable Object>> rows, boolean redacted) {}
}
