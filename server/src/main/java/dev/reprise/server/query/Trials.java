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
/// - Limits: `threads` trials at a time, half of them of one user; more wait, and the waiting
///   counts as part of the time that a trial may take. The engine blocks in native code, so they
///   run on threads of their own.
public final class Trials implements AutoCloseable {
  private final Engine engine;
  private final InstantSource clock;
  private final Duration timeout;
  private final ExecutorService threads;
  private final Turns<User> turns;

  private record User(String tenant, String name) {}

  /// Runs `threads` trials at a time, each for as long as `timeout`.
  public Trials(Engine engine, InstantSource clock, Duration timeout, int threads) {
    this.engine = engine;
    this.clock = clock;
    this.timeout = timeout;
    this.turns = new Turns<>(threads);
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
    return switch (rows(sql, limit, new User(caller.tenant(), caller.user()))) {
      case Rows.Found found ->
          new Trial(sql.columns(), found.rows(), !all && !query.sensitiveSelected().isEmpty());
      case Rows.Failed failed -> throw refusal(failed.problem());
    };
  }

  private Rows rows(Sql sql, int limit, User user) {
    Duration left;
    try {
      left = turns.take(user, timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the service ends", e);
    }
    if (left.isZero()) {
      throw ErrorCode.QUERY_TOO_SLOW.because(
          "it waited for others to be tried", timeout.toSeconds());
    }
    try {
      return CompletableFuture.supplyAsync(() -> engine.rows(sql, limit, left), threads).join();
    } finally {
      turns.leave(user);
    }
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
