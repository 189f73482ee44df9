package dev.reprise.server.metric;

import static dev.reprise.server.store.JooqKept.given;
import static dev.reprise.server.store.JooqTables.EXECUTION;
import static dev.reprise.server.store.JooqTables.HISTORY;
import static dev.reprise.server.store.JooqTables.REPORT;

import dev.reprise.server.metric.Metric.Sample;
import dev.reprise.server.store.JooqKept;
import dev.reprise.server.store.JooqStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Numbers that the store knows.
public final class JooqCounts {
  /// How much of the time may go into counting all reports, which takes the longer the more there
  /// are.
  private static final long SHARE = 100;

  private static final Field<Integer> COUNT = DSL.count();
  private static final Field<Long> NEWEST =
      DSL.max(DSL.field(DSL.name("rowid"), SQLDataType.BIGINT));
  private static final JooqKept RUNNING =
      new JooqKept(
          DSL.select(COUNT).from(EXECUTION).where(EXECUTION.status.eq(DSL.inline("RUNNING"))),
          COUNT);
  private static final JooqKept DUE =
      new JooqKept(
          DSL.select(COUNT).from(REPORT).where(REPORT.wakeAt.le(given(REPORT.wakeAt))), COUNT);
  private static final JooqKept OLDEST =
      new JooqKept(
          DSL.select(REPORT.wakeAt)
              .from(REPORT)
              .where(REPORT.wakeAt.isNotNull())
              .orderBy(REPORT.wakeAt)
              .limit(DSL.inline(1)),
          REPORT.wakeAt);

  private final JooqStore store;
  private final InstantSource clock;
  private List<Sample> reports = List.of();
  private long countedAt;
  private long tookNanos = -1;

  public JooqCounts(JooqStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Executions under way, or between two attempts.
  public int running() {
    return store.read(dsl -> RUNNING.find(dsl, row -> row.get(COUNT)).orElse(0));
  }

  /// Reports for which it is time, and that nobody has looked at yet.
  public int due() {
    return store.read(dsl -> DUE.find(dsl, row -> row.get(COUNT), clock.instant()).orElse(0));
  }

  /// How long the first of them has been waiting.
  public long lateSeconds() {
    Instant now = clock.instant();
    Optional<Instant> oldest = store.read(dsl -> OLDEST.find(dsl, row -> row.get(REPORT.wakeAt)));
    return oldest.map(wake -> Math.max(0, Duration.between(wake, now).toSeconds())).orElse(0L);
  }

  /// Changes of reports ever written into a history, of which nothing is ever removed.
  public long changes() {
    return store.read(dsl ->
        Optional.ofNullable(dsl.select(NEWEST).from(HISTORY).fetchSingle().value1()).orElse(0L));
  }

  /// Reports by state. Counted again when that costs little beside the time since.
  public synchronized List<Sample> reports() {
    long now = System.nanoTime();
    if (tookNanos < 0 || now - countedAt > tookNanos * SHARE) {
      reports = store.read(JooqCounts::reports);
      countedAt = System.nanoTime();
      tookNanos = countedAt - now;
    }
    return reports;
  }

  private static List<Sample> reports(DSLContext dsl) {
    var counted =
        dsl.select(REPORT.state, COUNT)
            .from(REPORT)
            .groupBy(REPORT.state)
            .fetchMap(REPORT.state, COUNT);
    return List.of("ACTIVE", "PAUSED", "INACTIVE").stream()
        .map(state ->
            Sample.of("state", state.toLowerCase(Locale.ROOT), counted.getOrDefault(state, 0)))
        .toList();
  }
}
