package dev.reprise.server.engine;

import dev.reprise.api.Format;
import dev.reprise.query.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs queries in this process, over tables in one DuckDB file that nobody may write meanwhile.
///
/// DuckDB writes the result files itself: passing the rows through Java takes six times as long.
public final class DuckDbEngine implements Engine {
  private static final Logger log = LoggerFactory.getLogger(DuckDbEngine.class);
  private static final long CLEAN_SECONDS = 5;

  private final LongSupplier nanoTime;
  private final boolean formulaGuard;
  private final DuckDbInstances instances;
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("engine-ticks").factory());
  private final ScheduledExecutorService sweeps =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("engine-sweeps").factory());
  private final ScheduledFuture<?> cleaning;
  private final Map<Path, PreparedStatement> exports = new ConcurrentHashMap<>();

  public DuckDbEngine(EngineSettings settings) {
    this(settings, System::nanoTime);
  }

  DuckDbEngine(EngineSettings settings, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    formulaGuard = settings.formulaGuard();
    instances = new DuckDbInstances(settings, nanoTime);
    cleaning =
        ticks.scheduleWithFixedDelay(
            this::closeOld, CLEAN_SECONDS, CLEAN_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public Export export(Sql sql, Path destination, Format format, Duration timeout, Cancel cancel) {
    List<Object> parameters = new ArrayList<>(sql.parameters());
    parameters.add(destination.toAbsolutePath().normalize().toString());
    String copy = DuckDbCopy.of(sql, format, formulaGuard);
    var watch = new DuckDbWatch(ticks, sweeps, timeout, cancel);
    try {
      return new Export.Done(
          run(copy, parameters, sql.streamed(), watch, statement -> shown(destination, statement)));
    } catch (SQLException e) {
      remove(destination);
      return new Export.Failed(explain(e, sql.text(), watch));
    }
  }

  @Override
  public Rows rows(Sql sql, int limit, Duration timeout, Cancel cancel) {
    var watch = new DuckDbWatch(ticks, sweeps, timeout, cancel);
    try {
      // Not streamed, whatever the query: the driver fetches all rows before the first is read.
      return new Rows.Found(
          run(sql.text(), sql.parameters(), false, watch, statement -> read(statement, limit)));
    } catch (SQLException e) {
      return new Rows.Failed(explain(e, sql.text(), watch));
    }
  }

  @Override
  public OptionalInt percent(Path destination) {
    PreparedStatement statement = exports.get(destination);
    try {
      return statement == null ? OptionalInt.empty() : DuckDbProgress.percent(statement);
    } catch (SQLException e) {
      return OptionalInt.empty(); // It has just ended.
    }
  }

  @Override
  public void close() {
    cleaning.cancel(false);
    ticks.shutdown();
    sweeps.shutdown();
    try {
      instances.close();
    } catch (SQLException e) {
      throw new IllegalStateException("an instance of the engine cannot be closed", e);
    }
  }

  /// Closes instances that were not needed for a while; done by itself every few seconds.
  void closeOld() {
    try {
      instances.closeOld();
    } catch (SQLException | RuntimeException e) {
      // Not thrown: it would end the ticks.
      log.warn("An idle instance of the engine cannot be closed", e);
    }
  }

  int idleInstances() {
    return instances.idleCount();
  }

  private long shown(Path destination, PreparedStatement statement) throws SQLException {
    exports.put(destination, statement);
    try {
      return statement.executeLargeUpdate();
    } finally {
      exports.remove(destination);
    }
  }

  private interface Work<T> {
    T in(PreparedStatement statement) throws SQLException;
  }

  private <T> T run(
      String sql, List<Object> parameters, boolean streamed, DuckDbWatch watch, Work<T> work)
      throws SQLException {
    long start = nanoTime.getAsLong();
    DuckDbInstance instance = instances.take();
    boolean whole = false;
    try {
      instance.begin(streamed);
      PreparedStatement statement = instance.prepare(sql, parameters);
      T result = watch.over(statement, instance, () -> work.in(statement));
      whole = true;
      return result;
    } finally {
      if (whole) {
        instances.giveBack(instance, streamed, start);
      } else {
        instance.close();
      }
    }
  }

  private static List<List<@Nullable Object>> read(PreparedStatement statement, int limit)
      throws SQLException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      int columns = result.getMetaData().getColumnCount();
      while (rows.size() < limit && result.next()) {
        List<@Nullable Object> row = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
          row.add(value(result, i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static @Nullable Object value(ResultSet result, int column) throws SQLException {
    Object value = result.getObject(column);
    return switch (value) {
      case null -> null;
      case java.sql.Timestamp timestamp ->
          result.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
      case Integer number -> number.longValue();
      default -> value;
    };
  }

  private static Problem explain(SQLException e, String sql, DuckDbWatch watch) {
    Problem problem = watch.problem().orElseGet(() -> DuckDbErrors.problem(e));
    if (problem != Problem.CANCELLED) {
      // Without the bound values, which may be personal data.
      log.warn("{} ({}): {}", problem.words(), problem, sql, e);
    }
    return problem;
  }

  private static void remove(Path destination) {
    try {
      Files.deleteIfExists(destination);
    } catch (IOException e) {
      throw new UncheckedIOException("half a result stays at " + destination, e);
    }
  }
}
