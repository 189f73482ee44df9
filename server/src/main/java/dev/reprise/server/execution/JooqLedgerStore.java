package dev.reprise.server.execution;

import static dev.reprise.server.store.JooqTables.EXECUTION;
import static dev.reprise.server.store.JooqTables.REPORT;
import static dev.reprise.server.store.JooqTables.SKIPPED;

import dev.reprise.schedule.Ledger;
import dev.reprise.schedule.Ledger.Entry;
import dev.reprise.schedule.Ledger.Fate;
import dev.reprise.schedule.Skipped;
import dev.reprise.schedule.Slots;
import dev.reprise.server.execution.Execution.Status;
import dev.reprise.server.report.JooqReportStore;
import dev.reprise.server.report.Report;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.store.JooqStore;
import dev.reprise.server.wire.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// The slot ledger, put together from what the tables hold of executions and skipped slots.
public final class JooqLedgerStore implements LedgerStore {
  private final JooqStore store;

  public JooqLedgerStore(JooqStore store) {
    this.store = store;
  }

  @Override
  public Optional<Page> read(ReportId id, Span span, Instant now, int limit) {
    // One transaction: a slot that gets its outcome meanwhile would be there twice, or not at all.
    return store.read(reader ->
        reader.transactionResult(one -> {
          DSLContext dsl = one.dsl();
          return dsl.selectFrom(REPORT)
              .where(REPORT.id.eq(id.value()))
              .fetchOptional(JooqReportStore::read)
              .map(report -> {
                List<Row> rows = new ArrayList<>(executed(dsl, id.value(), span, limit));
                rows.addAll(skipped(dsl, id.value(), span, limit));
                rows.addAll(waiting(dsl, report, now));
                return new Page(report, rows);
              });
        }));
  }

  private static List<Row> executed(DSLContext dsl, UUID report, Span span, int limit) {
    return dsl.selectFrom(EXECUTION)
        .where(
            EXECUTION
                .reportId
                .eq(report)
                .and(EXECUTION.slot.between(span.from(), span.to()))
                .and(
                    EXECUTION.status.in(
                        Status.COMPLETED.name(), Status.FAILED.name(), Status.RUNNING.name())))
        .orderBy(EXECUTION.slot)
        .limit(limit)
        .fetch(JooqLedgerStore::executed);
  }

  private static Row executed(Record row) {
    Instant slot = row.get(EXECUTION.slot);
    Fate fate = Fate.valueOf(row.get(EXECUTION.status));
    Optional<String> error =
        Optional.ofNullable(row.get(EXECUTION.error)).filter(text -> fate == Fate.FAILED);
    return new Row(one(slot), fate, error, Optional.of(row.get(EXECUTION.id)));
  }

  private static List<Row> skipped(DSLContext dsl, UUID report, Span span, int limit) {
    // Ranges have no slots in common, so that only one of those that begin before can reach in.
    var reachesIn =
        DSL.select(DSL.max(SKIPPED.first))
            .from(SKIPPED)
            .where(SKIPPED.reportId.eq(report).and(SKIPPED.first.le(span.from())));
    return dsl.selectFrom(SKIPPED)
        .where(
            SKIPPED
                .reportId
                .eq(report)
                .and(
                    SKIPPED.first.ge(
                        DSL.coalesce(DSL.field(reachesIn), DSL.val(span.from(), SKIPPED.first))))
                .and(SKIPPED.first.le(span.to()))
                .and(SKIPPED.last.ge(span.from())))
        .orderBy(SKIPPED.first)
        .limit(limit)
        .fetch(JooqLedgerStore::skipped);
  }

  private static Row skipped(Record row) {
    Instant first = row.get(SKIPPED.first);
    Instant last = row.get(SKIPPED.last);
    long steps = row.get(SKIPPED.slots) - 1;
    Slots slots =
        steps == 0
            ? one(first)
            : new Slots(first, last, Duration.between(first, last).dividedBy(steps));
    Optional<Instant> into = Optional.ofNullable(row.get(SKIPPED.into));
    var range = new Skipped(slots, Skipped.Reason.valueOf(row.get(SKIPPED.reason)), into);
    return new Row(
        slots,
        Entry.of(range).fate(),
        into.map(slot -> "into " + Times.format(slot)),
        Optional.empty());
  }

  /// What is due and has not started; the execution under way is among the rows of executions.
  private static List<Row> waiting(DSLContext dsl, Report report, Instant now) {
    Optional<Record> pending =
        dsl.selectFrom(EXECUTION)
            .where(
                EXECUTION
                    .reportId
                    .eq(report.id().value())
                    .and(EXECUTION.status.in(DSL.inline("PENDING"), DSL.inline("PAUSED"))))
            .fetchOptional();
    return Ledger.open(report.state(), report.schedule(), now).stream()
        .filter(entry -> entry.fate() == Fate.PENDING)
        .map(entry -> {
          Optional<UUID> execution =
              pending
                  .filter(row -> entry.slots().count() == 1)
                  .filter(row -> entry.slots().has(row.get(EXECUTION.slot)))
                  .map(row -> row.get(EXECUTION.id));
          return new Row(entry.slots(), entry.fate(), Optional.empty(), execution);
        })
        .toList();
  }

  private static Slots one(Instant slot) {
    return new Slots(slot, slot, Duration.ofHours(1));
  }
}
