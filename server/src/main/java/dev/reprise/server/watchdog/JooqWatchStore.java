package dev.reprise.server.watchdog;

import static dev.reprise.server.store.JooqKept.given;
import static dev.reprise.server.store.JooqTables.EXECUTION;
import static dev.reprise.server.store.JooqTables.REPORT;
import static dev.reprise.server.store.JooqTables.SKIPPED;

import dev.reprise.schedule.Backlog;
import dev.reprise.schedule.CatchUp;
import dev.reprise.schedule.Event;
import dev.reprise.schedule.Lifecycle;
import dev.reprise.schedule.Outcome;
import dev.reprise.schedule.Progress;
import dev.reprise.schedule.State;
import dev.reprise.schedule.State.Running;
import dev.reprise.schedule.Watch;
import dev.reprise.schedule.Watch.Difference;
import dev.reprise.schedule.Watch.Part;
import dev.reprise.schedule.Watch.Stored;
import dev.reprise.server.history.Act;
import dev.reprise.server.history.JooqHistoryStore;
import dev.reprise.server.report.JooqReportStore;
import dev.reprise.server.report.Report;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.report.ReportStore.Change;
import dev.reprise.server.store.JooqKept;
import dev.reprise.server.store.JooqStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// What is stored of reports, their executions and skipped slots, seen side by side.
public final class JooqWatchStore implements WatchStore {
  private static final JooqKept BY_ID =
      new JooqKept(DSL.selectFrom(REPORT).where(REPORT.id.eq(given(REPORT.id))), REPORT.fields());

  /// In words that the indexes of executions have too, not as values: they would not be used.
  private static final Condition WAITS =
      EXECUTION.status.in(DSL.inline("PENDING"), DSL.inline("PAUSED"));

  private static final Condition RUNS = EXECUTION.status.eq(DSL.inline("RUNNING"));

  private static final JooqKept OPEN =
      new JooqKept(
          DSL.select(EXECUTION.slot, EXECUTION.status)
              .from(EXECUTION)
              .where(EXECUTION.reportId.eq(given(EXECUTION.reportId)).and(WAITS))
              .unionAll(
                  DSL.select(EXECUTION.slot, EXECUTION.status)
                      .from(EXECUTION)
                      .where(EXECUTION.reportId.eq(given(EXECUTION.reportId)).and(RUNS))),
          EXECUTION.slot,
          EXECUTION.status);
  private static final JooqKept NEWEST_EXECUTED =
      new JooqKept(
          DSL.select(EXECUTION.slot)
              .from(EXECUTION)
              .where(
                  EXECUTION
                      .reportId
                      .eq(given(EXECUTION.reportId))
                      .and(EXECUTION.slot.ge(given(EXECUTION.slot)))
                      .and(
                          EXECUTION.status.in(
                              DSL.inline("COMPLETED"),
                              DSL.inline("FAILED"),
                              DSL.inline("RUNNING"))))
              .orderBy(EXECUTION.slot.desc())
              .limit(DSL.inline(1)),
          EXECUTION.slot);
  private static final JooqKept NEWEST_SKIPPED =
      new JooqKept(
          DSL.select(SKIPPED.last)
              .from(SKIPPED)
              .where(
                  SKIPPED
                      .reportId
                      .eq(given(SKIPPED.reportId))
                      .and(SKIPPED.last.ge(given(SKIPPED.last))))
              .orderBy(SKIPPED.first.desc())
              .limit(DSL.inline(1)),
          SKIPPED.last);

  private final JooqStore store;

  public JooqWatchStore(JooqStore store) {
    this.store = store;
  }

  @Override
  public List<Kept> page(Optional<ReportId> after, int limit) {
    // One transaction: what is read of a report and of its executions is of the same moment.
    return store.read(reader ->
        reader.transactionResult(one -> {
          DSLContext dsl = one.dsl();
          return dsl
              .selectFrom(REPORT)
              .where(after.map(ReportId::value).map(REPORT.id::gt).orElseGet(DSL::noCondition))
              .orderBy(REPORT.id)
              .limit(limit)
              .fetch()
              .stream()
              .map(row -> kept(dsl, row))
              .toList();
        }));
  }

  @Override
  public List<ReportId> orphaned(Optional<ReportId> after, Optional<ReportId> through, int limit) {
    Condition within =
        after
            .map(id -> EXECUTION.reportId.gt(id.value()))
            .orElseGet(DSL::noCondition)
            .and(through.map(id -> EXECUTION.reportId.le(id.value())).orElseGet(DSL::noCondition))
            .andNotExists(DSL.selectOne().from(REPORT).where(REPORT.id.eq(EXECUTION.reportId)));
    return store.read(dsl ->
        dsl.select(EXECUTION.reportId)
            .from(EXECUTION)
            .where(WAITS.and(within))
            .union(DSL.select(EXECUTION.reportId).from(EXECUTION).where(RUNS.and(within)))
            .limit(limit)
            .fetch(row -> new ReportId(row.value1())));
  }

  @Override
  public List<Difference> heal(ReportId id, Instant now) {
    return store.write(dsl -> {
      Optional<Kept> broken = find(dsl, id);
      if (broken.isEmpty()) {
        return removeOrphans(dsl, id, now);
      }
      List<Difference> found = differences(broken.get());
      if (!found.isEmpty()) {
        found.stream().filter(Healing::ofRunning).forEach(one -> heal(dsl, id, one, now));
        // The execution under way decides what else is expected.
        Kept kept = find(dsl, id).orElseThrow();
        State healed = Healing.healed(kept.report().state(), differences(kept));
        Report before = broken.get().report();
        leaveOne(dsl, kept.report().in(healed));
        JooqReportStore.heal(dsl, before, kept.report().in(healed), Healing.words(found), now);
      }
      return found;
    });
  }

  /// Executions of a report that is not there. Its history, if it has one, tells of it.
  private static List<Difference> removeOrphans(DSLContext dsl, ReportId id, Instant now) {
    List<Difference> found =
        OPEN.list(dsl, row -> row, id.value(), id.value()).stream()
            .map(row ->
                new Difference(
                    isRunning(row) ? Part.RUNNING : Part.PENDING,
                    Optional.of(row.get(EXECUTION.slot)),
                    Optional.empty()))
            .toList();
    if (!found.isEmpty()) {
      dsl.deleteFrom(EXECUTION)
          .where(EXECUTION.reportId.eq(id.value()).and(WAITS.or(RUNS)))
          .execute();
      Act act = Act.ofService(Act.What.HEAL, Healing.words(found));
      JooqHistoryStore.appendIfKnown(dsl, id.value(), act, now);
    }
    return found;
  }

  /// Of several executions that wait only that for the expected slot may stay: the rest of the
  /// store counts on one, and would move them all to the same slot.
  private static void leaveOne(DSLContext dsl, Report report) {
    UUID id = report.id().value();
    Optional<Instant> expected = Lifecycle.pending(report.state(), report.schedule());
    long waiting =
        OPEN.list(dsl, row -> row, id, id).stream().filter(row -> !isRunning(row)).count();
    if (waiting > 1) {
      dsl.deleteFrom(EXECUTION)
          .where(EXECUTION.reportId.eq(id).and(WAITS))
          .and(expected.map(EXECUTION.slot::ne).orElseGet(DSL::noCondition))
          .execute();
    }
  }

  private static boolean isRunning(Record row) {
    return row.get(EXECUTION.status).equals("RUNNING");
  }

  private static List<Difference> differences(Kept kept) {
    return Watch.differences(kept.stored(), kept.report().schedule());
  }

  private static Optional<Kept> find(DSLContext dsl, ReportId id) {
    return BY_ID.find(dsl, row -> kept(dsl, row), id.value());
  }

  private static Kept kept(DSLContext dsl, Record row) {
    Report report = JooqReportStore.read(row);
    UUID id = report.id().value();
    List<Record> open = OPEN.list(dsl, execution -> execution, id, id);
    Instant since = row.get(REPORT.askedAt);
    State state = report.state();
    Optional<Instant> settled =
        Stream.of(
                NEWEST_EXECUTED.find(dsl, newest -> newest.get(EXECUTION.slot), id, since),
                NEWEST_SKIPPED.find(dsl, newest -> newest.get(SKIPPED.last), id, since),
                state.running().map(Running::slot),
                state.progress().flatMap(Progress::backlog).map(Backlog::slots).map(s -> s.last()))
            .flatMap(Optional::stream)
            .filter(slot -> !slot.isBefore(since))
            .max(Instant::compareTo);
    return new Kept(
        report,
        new Stored(
            state,
            settled,
            slots(open, "PENDING"),
            slots(open, "PAUSED"),
            slots(open, "RUNNING"),
            Optional.ofNullable(row.get(REPORT.wakeAt))));
  }

  private static List<Instant> slots(List<Record> open, String status) {
    return open.stream()
        .filter(row -> row.get(EXECUTION.status).equals(status))
        .map(row -> row.get(EXECUTION.slot))
        .toList();
  }

  /// Makes the execution under way and its row agree.
  private static void heal(DSLContext dsl, ReportId id, Difference difference, Instant now) {
    difference
        .stored()
        .ifPresent(orphan ->
            dsl.update(EXECUTION)
                .set(EXECUTION.status, "FAILED")
                .set(EXECUTION.endedAt, now)
                .set(EXECUTION.error, "The service lost track of this execution")
                .where(EXECUTION.reportId.eq(id.value()).and(EXECUTION.slot.eq(orphan)))
                .execute());
    difference
        .expected()
        .ifPresent(slot -> {
          Report report = find(dsl, id).orElseThrow().report();
          if (Lifecycle.on(ended(dsl, report, slot, now), report.state(), report.schedule())
              instanceof Outcome.Moved moved) {
            JooqReportStore.save(dsl, report, new Change(report.in(moved.to()), moved), now);
          }
        });
  }

  /// What became of the execution that the report says is under way.
  private static Event ended(DSLContext dsl, Report report, Instant slot, Instant now) {
    UUID id = report.id().value();
    Optional<String> status =
        dsl.select(EXECUTION.status)
            .from(EXECUTION)
            .where(EXECUTION.reportId.eq(id).and(EXECUTION.slot.eq(slot)))
            .fetchOptional(EXECUTION.status);
    if (status.filter("COMPLETED"::equals).isPresent()) {
      return new Event.Completed(now);
    }
    if (status.filter("FAILED"::equals).isPresent()) {
      return new Event.Failed(now, false);
    }
    dsl.deleteFrom(EXECUTION)
        .where(EXECUTION.reportId.eq(id).and(EXECUTION.slot.eq(slot)))
        .execute();
    dsl.insertInto(EXECUTION)
        .set(EXECUTION.id, UUID.randomUUID())
        .set(EXECUTION.reportId, id)
        .set(EXECUTION.slot, slot)
        .set(EXECUTION.status, "RUNNING")
        .set(EXECUTION.attempt, report.state().running().map(Running::attempt).orElse(1))
        .execute();
    return new Event.Lost(now, CatchUp.LATEST);
  }
}
