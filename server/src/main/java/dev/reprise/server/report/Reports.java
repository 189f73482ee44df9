package dev.reprise.server.report;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Limits;
import dev.reprise.api.RefusedException;
import dev.reprise.query.CheckedQuery;
import dev.reprise.schedule.Event;
import dev.reprise.schedule.Lifecycle;
import dev.reprise.schedule.Outcome;
import dev.reprise.schedule.Plan;
import dev.reprise.schedule.Schedule;
import dev.reprise.schedule.State;
import dev.reprise.server.access.Caller;
import dev.reprise.server.dataset.Program;
import dev.reprise.server.history.Act;
import dev.reprise.server.history.Act.What;
import dev.reprise.server.query.Queries;
import dev.reprise.server.query.SavedQuery;
import dev.reprise.server.report.Report.PauseNote;
import dev.reprise.server.report.ReportStore.Change;
import dev.reprise.server.report.ReportStore.Deleted;
import dev.reprise.server.report.ReportStore.Filter;
import dev.reprise.server.report.ReportStore.Holdings;
import dev.reprise.server.wire.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;

/// Creates, finds, pauses and resumes reports: loads, lets a pure module decide, saves.
public final class Reports {
  private static final Duration EXECUTE_NOW_SPAN = Duration.ofMinutes(60);

  private final ReportStore store;
  private final Queries queries;
  private final InstantSource clock;
  private final ReportLimits limits;
  private final Executing executing;

  public Reports(
      ReportStore store,
      Queries queries,
      InstantSource clock,
      ReportLimits limits,
      Executing executing) {
    this.store = store;
    this.queries = queries;
    this.clock = clock;
    this.limits = limits;
    this.executing = executing;
  }

  /// Makes a report; one without a schedule starts at once.
  public Report create(CreateReport order, Program program, Caller caller) {
    SavedQuery query =
        queries.find(order.queryId(), program, caller).orElseThrow(() -> noQuery(order.queryId()));
    CheckedQuery checked = Queries.check(query.text(), program, caller);
    order.schedule().ifPresent(schedule -> checkInterval(schedule, checked));
    Definition definition = definition(order, new Source(query.id(), query.text()));
    Owner owner = Owner.of(program.name(), caller);
    Report report =
        store.insert(
            owner,
            act(What.CREATE, caller),
            holdings -> make(owner, definition, order.schedule(), holdings));
    executing.wake();
    return report;
  }

  /// Reads the time where it is decided, as [#change] does: time that passed while the order waited
  /// would make its first slot late.
  private Report make(
      Owner owner, Definition definition, Optional<Schedule> ordered, Holdings holdings) {
    Instant now = clock.instant();
    ordered.ifPresentOrElse(
        schedule -> {
          checkStart(schedule.start(), now);
          checkActive(holdings.active());
        },
        () -> checkExecuteNow(holdings.madeOnceAfter(now.minus(EXECUTE_NOW_SPAN))));
    Schedule schedule = ordered.orElseGet(() -> atOnce(now));
    return new Report(
        ReportId.random(),
        owner,
        definition,
        schedule,
        definition.once() ? Lifecycle.beginAtOnce(schedule) : Lifecycle.begin(schedule),
        Optional.empty(),
        now,
        Optional.empty());
  }

  /// A part of the reports that a caller sees and that fit a filter, newest first.
  public Page<Report> list(Filter filter, Page.Part part, Program program, Caller caller) {
    return store.list(Scope.of(program.name(), caller), filter, part);
  }

  /// Starts no execution until [#resume]; one already running goes on.
  Changed pause(ReportId id, PauseOptions options, Scope scope, Caller caller) {
    var note = Optional.of(new PauseNote(caller.user(), options.reason()));
    Act act = Act.by(caller, What.PAUSE, options.reason());
    return change(id, (before, now) -> options.at(now), note, act, scope);
  }

  /// Starts executions again; of the slots that passed during the pause those run that the options
  /// choose.
  Changed resume(ReportId id, ResumeOptions options, Scope scope, Caller caller) {
    Act act = Act.by(caller, What.RESUME, options.reason());
    return change(
        id,
        (before, now) -> options.at(now, PlanSeal.of(before, caller)),
        Optional.empty(),
        act,
        scope);
  }

  /// The slots of a report that come due from now on, if everything goes well.
  List<Instant> next(ReportId id, int count, Scope scope) {
    Report report = store.find(scope, id).orElseThrow(() -> unknown(id));
    return Lifecycle.next(report.state(), report.schedule(), clock.instant(), count);
  }

  /// What [#resume] would do now, or why it would be refused; nothing changes.
  Planned plan(ReportId id, ResumeOptions options, Scope scope, Caller caller) {
    AtomicReference<Optional<Plan>> made = new AtomicReference<>(Optional.empty());
    Optional<Report> report =
        store.change(
            scope,
            id,
            Act.by(caller, What.RESUME, options.reason()),
            (before, active) -> {
              Instant now = clock.instant();
              decide(
                      before,
                      new Event.Resume(now, options.catchUp(), Optional.empty()),
                      Optional.empty())
                  .ifPresent(to -> checkActive(before, to.after(), active));
              made.set(
                  Optional.of(
                      Lifecycle.plan(before.state(), before.schedule(), now, options.catchUp())));
              return Optional.empty();
            });
    return report
        .flatMap(found -> made.get().map(plan -> new Planned(plan, PlanSeal.of(found, caller))))
        .orElseThrow(() -> unknown(id));
  }

  /// Changes what the order says, from the next slot on.
  public Report update(ReportId id, UpdateReport order, Program program, Caller caller) {
    Scope scope = Scope.of(program.name(), caller);
    // Before the transaction, in which no other part may be asked.
    Report seen = store.find(scope, id).orElseThrow(() -> unknown(id));
    Caller owner = queries.caller(seen.owner().tenant(), seen.owner().user());
    Optional<Source> source =
        order.queryId().map(named -> source(named, seen, program, List.of(caller, owner)));
    Report report =
        store
            .change(
                scope,
                id,
                act(What.UPDATE, caller),
                (before, active) -> {
                  refuseOnce(before);
                  Instant now = clock.instant();
                  CreateReport whole = order.onto(before, limits.shortestIntervalHours());
                  Definition to = definition(whole, source.orElseGet(() -> Source.of(before)));
                  Schedule on = whole.schedule().orElseThrow();
                  boolean same = to.equals(before.definition()) && on.equals(before.schedule());
                  if (same && !(before.state() instanceof State.Inactive)) {
                    return Optional.empty();
                  }
                  checkInterval(on, Queries.check(to.queryText(), program, owner));
                  Optional<Change> change = redefine(before, to, on, now);
                  change.ifPresent(changed -> checkActive(before, changed.after(), active));
                  return change;
                })
            .orElseThrow(() -> unknown(id));
    executing.wake();
    return report;
  }

  /// The query that an update names: the report's own stays as it is, whether or not it is still
  /// saved; another is one of the caller's or of the owner's.
  private Source source(String queryId, Report report, Program program, List<Caller> users) {
    if (queryId.equalsIgnoreCase(report.definition().queryId())) {
      return Source.of(report);
    }
    return users.stream()
        .flatMap(user -> queries.find(queryId, program, user).stream())
        .findFirst()
        .map(query -> new Source(query.id(), query.text()))
        .orElseThrow(() -> noQuery(queryId));
  }

  /// Removes a report with its executions and files; one that runs is stopped.
  public Report delete(ReportId id, Program program, Caller caller) {
    Deleted deleted =
        store
            .delete(Scope.of(program.name(), caller), id, act(What.DELETE, caller), clock)
            .orElseThrow(() -> unknown(id));
    executing.remove(deleted);
    return deleted.report();
  }

  private static Act act(What what, Caller caller) {
    return Act.by(caller, what, Optional.empty());
  }

  private static RefusedException noQuery(String id) {
    return ErrorCode.QUERY_ID_INVALID.because("there is no " + id);
  }

  private static RefusedException unknown(ReportId id) {
    return ErrorCode.ITEM_NOT_FOUND.because("reportId " + id);
  }

  private static Definition definition(CreateReport order, Source source) {
    return new Definition(
        order.name(),
        order.description(),
        source.queryId(),
        source.text(),
        order.format(),
        order.callback(),
        order.schedule().isEmpty(),
        order.period());
  }

  private Optional<Change> redefine(
      Report before, Definition definition, Schedule schedule, Instant now) {
    if (!schedule.start().equals(before.schedule().start())) {
      checkStart(schedule.start(), now);
    }
    var event = new Event.Update(now, schedule);
    return switch (Lifecycle.on(event, before.state(), before.schedule())) {
      case Outcome.Moved moved ->
          Optional.of(new Change(before.redefined(definition, schedule, moved.to(), now), moved));
      case Outcome.Unchanged unchanged -> Optional.empty();
      case Outcome.Refused refused -> throw refused.why();
    };
  }

  /// @param event what happens, at the time at which it is decided: executions started before are
  ///   known by then
  private Changed change(
      ReportId id,
      BiFunction<Report, Instant, Event> event,
      Optional<PauseNote> note,
      Act act,
      Scope scope) {
    AtomicReference<Optional<Change>> made = new AtomicReference<>(Optional.empty());
    Report report =
        store
            .change(
                scope,
                id,
                act,
                (before, active) -> {
                  Optional<Change> change =
                      decide(before, event.apply(before, clock.instant()), note);
                  change.ifPresent(to -> checkActive(before, to.after(), active));
                  made.set(change);
                  return change;
                })
            .orElseThrow(() -> unknown(id));
    Optional<Change> change = made.get();
    change.ifPresent(done -> {
      done.cancelled().ifPresent(slot -> executing.stop(id, slot));
      executing.wake();
    });
    return new Changed(report, change.isPresent());
  }

  private static Optional<Change> decide(Report before, Event event, Optional<PauseNote> note) {
    refuseOnce(before);
    return switch (Lifecycle.on(event, before.state(), before.schedule())) {
      case Outcome.Moved moved ->
          Optional.of(new Change(before.changed(moved.to(), note, event.now()), moved));
      case Outcome.Unchanged unchanged -> Optional.empty();
      case Outcome.Refused refused -> throw refused.why();
    };
  }

  /// Paused reports do not count, so a resume may find the quota used up.
  private void checkActive(Report before, Report after, IntSupplier active) {
    boolean becomesActive =
        after.state() instanceof State.Active && !(before.state() instanceof State.Active);
    if (becomesActive) {
      checkActive(active.getAsInt());
    }
  }

  private void checkActive(int active) {
    if (active >= limits.activeReports()) {
      throw ErrorCode.REPORT_QUOTA_EXCEEDED.refuse(limits.activeReports());
    }
  }

  private void checkExecuteNow(int made) {
    if (made >= limits.executeNow()) {
      throw ErrorCode.EXECUTE_NOW_QUOTA_EXCEEDED.refuse(limits.executeNow());
    }
  }

  private static void refuseOnce(Report report) {
    if (report.definition().once()) {
      throw ErrorCode.REPORT_INACTIVE.because(
          "it was made with ExecuteNow, runs once and has no schedule");
    }
  }

  private void checkInterval(Schedule schedule, CheckedQuery query) {
    int shortest =
        Math.max(limits.shortestIntervalHours(), query.dataset().minimumRecurrenceInterval());
    if (schedule.interval().compareTo(Duration.ofHours(shortest)) < 0) {
      throw ErrorCode.RECURRENCE_INTERVAL_INVALID.because(
          "RecurrenceInterval is "
              + schedule.interval().toHours()
              + " and the query is on "
              + query.dataset().name(),
          shortest,
          Limits.INTERVAL_HOURS);
    }
  }

  private void checkStart(Instant start, Instant now) {
    // Callers write times to the second.
    Instant earliest = now.truncatedTo(ChronoUnit.SECONDS).plus(limits.leadTime());
    if (start.isBefore(earliest)) {
      throw ErrorCode.START_TIME_TOO_EARLY.because(
          "StartTime is " + start + " and the earliest is " + earliest, words(limits.leadTime()));
    }
  }

  private static String words(Duration duration) {
    if (duration.toSeconds() % 3600 == 0) {
      return duration.toHours() + " hours";
    }
    return duration.toSeconds() % 60 == 0
        ? duration.toMinutes() + " minutes"
        : duration.toSeconds() + " seconds";
  }

  /// A schedule of one slot, now.
  private static Schedule atOnce(Instant now) {
    Instant slot = now.truncatedTo(ChronoUnit.SECONDS);
    return new Schedule(slot, Duration.ofHours(1), Optional.of(1), Optional.of(slot));
  }

  /// A report after an order, and whether the order changed it.
  public record Changed(Report report, boolean changed) {}

  /// What a resume would do, and the seal for its token.
  record Planned(Plan plan, PlanSeal seal) {}

  /// Where a report takes its rows from.
  private record Source(String queryId, String text) {
    static Source of(Report report) {
      return new Source(report.definition().queryId(), report.definition().queryText());
    }
  }
}
