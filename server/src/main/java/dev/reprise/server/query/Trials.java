package dev.reprise.server.query;

import dev.reprise.api.ErrorCode;
import dev.reprise.query.CheckedQuery;
import dev.reprise.query.Compiler;
import dev.reprise.query.OutputColumn;
import dev.reprise.query.Sql;
import dev.reprise.query.Window;
import dev.reprise.server.access.Caller;
import dev.reprise.server.dataset.Program;
import dev.reprise.server.engine.Cancel;
import dev.reprise.server.engine.Engine;
import dev.reprise.server.engine.Problem;
import dev.reprise.server.engine.Rows;
import dev.reprise.server.rights.User;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Tries queries: the first rows, at once.
///
/// - Limits: `threads` trials at a time, half of them of one user; more wait, and the waiting
///   counts as part of the time that a trial may take. The engine blocks in native code, so they
///   run on threads of their own. A trial whose caller goes away ends within a second.
public final class Trials implements AutoCloseable {
  /// How long a trial runs between two looks at whether its caller is still there.
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Engine engine;
  private final InstantSource clock;
  private final Duration timeout;
  private final BooleanSupplier gone;
  private final ExecutorService threads;
  private final Turns<User> turns;

  /// Runs `threads` trials at a time, each for as long as `timeout`.
  ///
  /// @param gone whether the caller whose request this thread handles has gone away
  public Trials(
      Engine engine, InstantSource clock, Duration timeout, int threads, BooleanSupplier gone) {
    this.gone = gone;
    this.engine = engine;
    this.clock = clock;
    this.timeout = timeout;
    this.turns = new Turns<>(threads);
    this.threads =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("trial-", 1).daemon().factory());
  }

  /// The first rows of a query; empty if the caller went away meanwhile.
  ///
  /// @param period what replaces the date range of the query
  public Optional<Trial> run(
      String text, Optional<Window> period, Program program, Caller caller, int limit) {
    CheckedQuery query = Queries.check(text, program, caller);
    Window window = period.orElseGet(() -> query.window(clock.instant()));
    boolean all = caller.seesSensitive();
    Sql sql = Compiler.compile(query, window, all);
    return switch (rows(sql, limit, new User(caller.tenant(), caller.user()))) {
      case Rows.Found found ->
          Optional.of(
              new Trial(sql.columns(), found.rows(), !all && !query.sensitiveSelected().isEmpty()));
      case Rows.Failed(var problem) -> {
        if (problem == Problem.CANCELLED) {
          yield Optional.empty();
        }
        throw refusal(problem);
      }
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
    var cancel = new Cancel();
    try {
      return whileThere(
          CompletableFuture.supplyAsync(() -> engine.rows(sql, limit, left, cancel), threads),
          cancel);
    } finally {
      turns.leave(user);
    }
  }

  /// Waits for the rows, which come soon once they are cancelled.
  private Rows whileThere(CompletableFuture<Rows> rows, Cancel cancel) {
    while (!cancel.isRequested()) {
      try {
        return rows.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (gone.getAsBoolean()) {
          cancel.request();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        cancel.request();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a trial broke off", e.getCause());
      }
    }
    return rows.join();
  }

  @Override
  public void close() {
    threads.shutdown();
  }

  private RuntimeException refusal(Problem problem) {
    return switch (problem) {
      case TIMED_OUT -> ErrorCode.QUERY_TOO_SLOW.refuse(timeout.toSeconds());
      case OUT_OF_MEMORY ->
          ErrorCode.QUERY_TOO_LARGE.because("It needs more memory than a trial may use");
      case SPILL_FULL -> ErrorCode.QUERY_TOO_LARGE.because(problem.words());
      case DISK_FULL, CANCELLED, OTHER -> new IllegalStateException(problem.words());
    };
  }

  /// The first rows of a query.
  ///
  /// @param redacted whether values were withheld
  public record Trial(
      List<OutputColumn> columns, List<List<@Nullable Object>> rows, boolean redacted) {}
}
