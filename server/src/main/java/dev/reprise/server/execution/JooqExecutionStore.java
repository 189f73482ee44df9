package dev.reprise.server.execution;

import static dev.reprise.server.store.JooqTables.EXECUTION;
import static dev.reprise.server.store.JooqTables.REPORT;

import dev.reprise.query.Window;
import dev.reprise.schedule.CatchUp;
import dev.reprise.schedule.Event;
import dev.reprise.schedule.Lifecycle;
import dev.reprise.schedule.Outcome;
import dev.reprise.schedule.Outcome.Start;
import dev.reprise.schedule.State;
import dev.reprise.schedule.State.Running;
import dev.reprise.server.callback.JooqOutbox;
import dev.reprise.server.delivery.ResultFile;
import dev.reprise.server.execution.Execution.Status;
import dev.reprise.server.node.Nodes;
import dev.reprise.server.report.JooqReportStore;
import dev.reprise.server.report.Report;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.report.ReportStore.Change;
import dev.reprise.server.rights.User;
import dev.reprise.server.store.JooqStore;
import dev.reprise.server.store.StoreException;
import dev.reprise.server.wire.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectLimitStep;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Executions in the tables of the store.
public final class JooqExecutionStore implements ExecutionStore {
  private static final Logger LOG = LoggerFactory.getLogger(JooqExecutionStore.class);

  private static final Filter COMPLETED =
      new Filter(Set.of(), Set.of(Status.COMPLETED), Optional.empty());

  private final JooqStore store;
  private final Nodes nodes;
  private final int activeReports;
  private final Runnable completed;
  private final Tally tally = new Tally();

  /// @param nodes under whose name is claimed
  /// @param activeReports how many active reports an owner may have: a pause that would end by
  ///   itself goes on if there are as many
  /// @param completed called after an execution has completed
  public JooqExecutionStore(JooqStore store, Nodes nodes, int activeReports, Runnable completed) {
    this.store = store;
    this.nodes = nodes;
    this.activeReports = activeReports;
    this.completed = completed;
  }

  /// How executions have ended.
  public Tally tally() {
    return tally;
  }

  @Override
  public Optional<Instant> nextWake() {
    return store.read(dsl -> JooqExecutionSql.NEXT_WAKE.find(dsl, row -> row.get(REPORT.wakeAt)));
  }

  @Override
  public List<Due> due(Instant now, int limit) {
    List<Due> due =
        store.read(
            dsl -> JooqExecutionSql.DUE.list(dsl, JooqExecutionStore::due, now, (long) limit));
    // Nodes that all began with the same would mostly find that another was faster.
    return due.stream().sorted(Comparator.comparing(one -> !isFirstFor(one))).toList();
  }

  private boolean isFirstFor(Due due) {
    return nodes.isFirstFor(due.report().value().hashCode());
  }

  private static Due due(Record row) {
    return new Due(
        new ReportId(row.get(REPORT.id)), new User(row.get(REPORT.tenant), row.get(REPORT.owner)));
  }

  @Override
  public Optional<Attempt> claim(ReportId report, Instant now, CatchUp misfire) {
    var tick = new Event.Tick(now, misfire);
    UUID id = report.value();
    if (nodes.hasOthers() && store.read(dsl -> due(dsl, id, now)).isEmpty()) {
      return Optional.empty(); // Another was faster: nothing need be written to know that.
    }
    return decided(
            id,
            dsl -> {
              checkIsThere(dsl);
              return due(dsl, id, now).flatMap(waiting -> tick(dsl, waiting, tick));
            })
        .flatMap(attempt -> attempt);
  }

  /// Who was taken for dead learns it at the next heartbeat; what it claimed until then would be
  /// anybody's at once.
  private void checkIsThere(DSLContext dsl) {
    UUID id = nodes.id();
    if (!nodes.isAlone() && JooqExecutionSql.NODE_THERE.find(dsl, row -> id, id).isEmpty()) {
      throw new StoreException("this node was taken for dead and has not entered again yet");
    }
  }

  /// The report, if it still waits: it may have been paused or deleted since it was looked for.
  private static Optional<Report> due(DSLContext dsl, UUID id, Instant now) {
    return JooqExecutionSql.WAITING.find(dsl, JooqReportStore::read, id, now);
  }

  /// One transaction on one report. A report about which nothing can be decided is our fault, and
  /// must not keep the others from running: it is set aside.
  private <T> Optional<T> decided(UUID id, Function<DSLContext, T> work) {
    try {
      return Optional.of(store.write(work));
    } catch (RuntimeException e) {
      if (isOfTheStore(e)) {
        throw e;
      }
      LOG.error("Report {} is set aside: it does not run until it is paused and resumed", id, e);
      store.write(
          dsl -> dsl.update(REPORT).setNull(REPORT.wakeAt).where(REPORT.id.eq(id)).execute());
      return Optional.empty();
    }
  }

  private static boolean isOfTheStore(RuntimeException e) {
    return e instanceof StoreException
        || (e instanceof DataAccessException
            && !(e instanceof IntegrityConstraintViolationException));
  }

  private Optional<Attempt> tick(DSLContext dsl, Report report, Event.Tick tick) {
    Outcome.Moved moved = decide(report, tick);
    if (endsPause(report.state(), moved.to())) {
      resume(dsl, report, moved, tick.now());
      return Optional.empty();
    }
    Optional<Attempt> attempt =
        moved.start().map(start -> start(dsl, nodes.id(), report, start, tick.now()));
    JooqReportStore.save(dsl, report, new Change(report.in(moved.to()), moved), tick.now());
    return attempt;
  }

  /// Whether a pause ends: not if the report does, which stays paused in the eyes of its owner.
  private static boolean endsPause(State from, State to) {
    boolean goesOn =
        to instanceof State.Paused || (to instanceof State.Inactive end && end.whilePaused());
    return from instanceof State.Paused && !goesOn;
  }

  /// Ends a pause at the time for which that was asked, unless the owner has too many active
  /// reports by now.
  private void resume(DSLContext dsl, Report report, Outcome.Moved moved, Instant now) {
    boolean full =
        moved.to() instanceof State.Active
            && JooqReportStore.active(dsl, report.owner()) >= activeReports;
    if (full) {
      LOG.warn(
          "Report {} stays paused: its pause was to end by now, but {} has {} active reports",
          report.id(),
          report.owner().user(),
          activeReports);
      move(dsl, report, new Event.Hold(now));
      return;
    }
    var change = new Change(report.resumedByService(moved.to(), now), moved);
    JooqReportStore.save(dsl, report, change, now);
  }

  /// The pending execution becomes the running one; a further attempt goes on under the same id.
  private static Attempt start(DSLContext dsl, UUID node, Report report, Start start, Instant now) {
    UUID reportId = report.id().value();
    Record waiting =
        JooqExecutionSql.RUNNING
            .find(dsl, row -> row, reportId)
            .or(() -> JooqExecutionSql.PENDING.find(dsl, row -> row, reportId))
            .orElseThrow(() -> new IllegalStateException("no execution waits for " + report));
    UUID id = waiting.get(EXECUTION.id);
    int claim = waiting.get(EXECUTION.claim) + 1;
    JooqExecutionSql.START.run(dsl, start.slot(), start.attempt(), claim, node, now, id);
    return new Attempt(id, claim, report, start);
  }

  @Override
  public boolean isClaimed(Attempt attempt) {
    return store.read(dsl -> isClaimed(dsl, attempt));
  }

  private static boolean isClaimed(DSLContext dsl, Attempt attempt) {
    return JooqExecutionSql.CLAIM
        .find(dsl, row -> row.get(EXECUTION.id), attempt.executionId(), attempt.claim())
        .isPresent();
  }

  @Override
  public boolean complete(Attempt attempt, Window window, ResultFile file, Instant now) {
    boolean kept =
        store.write(dsl -> {
          Optional<Report> report = claimed(dsl, attempt);
          if (report.isEmpty()) {
            return isCompleted(dsl, attempt, file);
          }
          JooqExecutionSql.COMPLETE.run(
              dsl,
              now,
              window.from().orElse(null),
              window.to().orElse(null),
              file.key(),
              file.rows(),
              file.bytes(),
              file.sha256(),
              attempt.executionId());
          JooqOutbox.completed(dsl, report.get(), attempt.executionId(), now);
          move(dsl, report.get(), new Event.Completed(now));
          return true;
        });
    if (kept) {
      tally.complete();
      completed.run();
    }
    return kept;
  }

  /// Whether it is recorded already: who tries again may have lost only the answer.
  private static boolean isCompleted(DSLContext dsl, Attempt attempt, ResultFile file) {
    return dsl.fetchExists(
        EXECUTION,
        EXECUTION
            .id
            .eq(attempt.executionId())
            .and(EXECUTION.status.eq(Status.COMPLETED.name()))
            .and(EXECUTION.claim.eq(attempt.claim()))
            .and(EXECUTION.resultKey.eq(file.key()))
            .and(EXECUTION.sha256.eq(file.sha256())));
  }

  @Override
  public boolean fail(Attempt attempt, String error, boolean retry, Instant now) {
    Optional<Boolean> recorded =
        store.write(dsl -> {
          Optional<Report> report = claimed(dsl, attempt);
          if (report.isEmpty()) {
            return Optional.empty();
          }
          Outcome.Moved moved = failed(dsl, report.get(), error, new Event.Failed(now, retry));
          boolean ended = moved.ended().isPresent();
          dsl.update(EXECUTION)
              .set(EXECUTION.error, error)
              .set(EXECUTION.status, (ended ? Status.FAILED : Status.RUNNING).name())
              .set(EXECUTION.endedAt, ended ? now : null)
              .setNull(EXECUTION.node)
              .where(EXECUTION.id.eq(attempt.executionId()))
              .execute();
          return Optional.of(ended);
        });
    recorded.ifPresent(tally::fail);
    return recorded.orElse(false);
  }

  private static Outcome.Moved failed(
      DSLContext dsl, Report report, String error, Event.Failed failed) {
    Outcome.Moved moved = decide(report, failed);
    boolean paused = report.state() instanceof State.Active && moved.to() instanceof State.Paused;
    if (paused) {
      LOG.warn(
          "Report {} is paused: {} slots in a row have failed, the last because: {}",
          report.id(),
          Lifecycle.FAILURES_IN_A_ROW,
          error);
    }
    Report after =
        paused ? report.pausedByService(moved.to(), error, failed.now()) : report.in(moved.to());
    JooqReportStore.save(dsl, report, new Change(after, moved), failed.now());
    return moved;
  }

  /// The report of an attempt, if the attempt is still the one under way.
  private static Optional<Report> claimed(DSLContext dsl, Attempt attempt) {
    return isClaimed(dsl, attempt)
        ? JooqExecutionSql.UNDER_WAY.find(dsl, JooqReportStore::read, attempt.report().id().value())
        : Optional.empty();
  }

  private static Outcome.Moved move(DSLContext dsl, Report report, Event event) {
    Outcome.Moved moved = decide(report, event);
    JooqReportStore.save(dsl, report, new Change(report.in(moved.to()), moved), event.now());
    return moved;
  }

  private static Outcome.Moved decide(Report report, Event event) {
    return switch (Lifecycle.on(event, report.state(), report.schedule())) {
      case Outcome.Moved moved -> moved;
      case Outcome.Unchanged unchanged ->
          throw new IllegalStateException(event + " does nothing to " + report);
      case Outcome.Refused refused -> throw new IllegalStateException(refused.why());
    };
  }

  @Override
  public int recover(Instant now, CatchUp misfire) {
    List<UUID> left =
        store.read(dsl -> JooqExecutionSql.ORPHANS.list(dsl, row -> row.get(EXECUTION.reportId)));
    var lost = new Event.Lost(now, misfire);
    int recovered = 0;
    for (UUID id : left) {
      recovered += decided(id, dsl -> lostIfOrphaned(dsl, id, lost)).orElse(0);
    }
    return recovered;
  }

  /// Another node may have done the same since it was looked for, and a third have begun again.
  private static int lostIfOrphaned(DSLContext dsl, UUID id, Event.Lost lost) {
    return JooqExecutionSql.ORPHAN.find(dsl, row -> id, id).isPresent() ? lost(dsl, id, lost) : 0;
  }

  @Override
  public boolean giveBack(ReportId report, Instant now, CatchUp misfire) {
    UUID id = report.value();
    var lost = new Event.Lost(now, misfire);
    return decided(
                id,
                dsl ->
                    JooqExecutionSql.OURS.find(dsl, row -> id, id, nodes.id()).isPresent()
                        ? lost(dsl, id, lost)
                        : 0)
            .orElse(0)
        > 0;
  }

  private static int lost(DSLContext dsl, UUID id, Event.Lost lost) {
    Report report =
        dsl.selectFrom(REPORT).where(REPORT.id.eq(id)).fetchSingle(JooqReportStore::read);
    boolean waits = report.state().running().flatMap(Running::retryAt).isPresent();
    if (waits) {
      return 0;
    }
    move(dsl, report, lost);
    JooqExecutionSql.LOST.run(dsl, id);
    return 1;
  }

  @Override
  public Page<Execution> list(ReportId report, Filter filter, Page.Part part) {
    Condition fits = JooqExecutionRows.fits(report, filter);
    return store.read(dsl ->
        new Page<>(
            newestFirst(dsl, fits)
                .limit(part.limit())
                .offset(part.skip())
                .fetch(JooqExecutionRows::read),
            dsl.fetchCount(EXECUTION, fits)));
  }

  @Override
  public Optional<Execution> latest(ReportId report, Filter filter) {
    if (filter.equals(COMPLETED)) { // What callers ask for unless they say more.
      return store.read(dsl ->
          JooqExecutionSql.LATEST_COMPLETED.find(dsl, JooqExecutionRows::read, report.value()));
    }
    return store.read(dsl ->
        newestFirst(dsl, JooqExecutionRows.fits(report, filter))
            .limit(1)
            .fetchOptional(JooqExecutionRows::read));
  }

  private static SelectLimitStep<Record> newestFirst(DSLContext dsl, Condition fits) {
    return dsl.selectFrom(EXECUTION).where(fits).orderBy(EXECUTION.slot.desc());
  }

  @Override
  public Optional<ResultFile> result(String key) {
    return store.read(dsl ->
        dsl.selectFrom(EXECUTION)
            .where(EXECUTION.id.eq(ResultFile.execution(key)).and(EXECUTION.resultKey.eq(key)))
            .fetchOptional(JooqExecutionRows::file));
  }
}
