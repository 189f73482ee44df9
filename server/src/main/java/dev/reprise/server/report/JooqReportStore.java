package dev.reprise.server.report;

import static dev.reprise.server.store.JooqKept.given;
import static dev.reprise.server.store.JooqTables.EXECUTION;
import static dev.reprise.server.store.JooqTables.REPORT;
import static dev.reprise.server.store.JooqTables.SKIPPED;

import dev.reprise.schedule.Lifecycle;
import dev.reprise.schedule.Outcome;
import dev.reprise.schedule.Skipped;
import dev.reprise.schedule.State;
import dev.reprise.server.history.Act;
import dev.reprise.server.history.Event;
import dev.reprise.server.history.JooqHistoryStore;
import dev.reprise.server.history.Subject;
import dev.reprise.server.store.FoldedName;
import dev.reprise.server.store.JooqKept;
import dev.reprise.server.store.JooqStore;
import dev.reprise.server.wire.Page;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Reports in the tables of the store, each with its pending execution.
public final class JooqReportStore implements ReportStore {
  private static final JooqKept BY_ID =
      new JooqKept(DSL.selectFrom(REPORT).where(REPORT.id.eq(given(REPORT.id))), REPORT.fields());
  private static final Field<Integer> NUMBER = DSL.count();
  private static final Condition OF_OWNER =
      REPORT.tenant.eq(given(REPORT.tenant)).and(REPORT.owner.eq(given(REPORT.owner)));
  private static final JooqKept COUNT_ACTIVE =
      new JooqKept(
          DSL.select(NUMBER)
              .from(REPORT)
              .where(
                  OF_OWNER
                      .and(REPORT.state.eq(DSL.inline("ACTIVE")))
                      .and(REPORT.executeNow.eq(DSL.inline(false)))),
          NUMBER);
  private static final JooqKept COUNT_MADE_ONCE =
      new JooqKept(
          DSL.select(NUMBER)
              .from(REPORT)
              .where(
                  OF_OWNER
                      .and(REPORT.executeNow.eq(DSL.inline(true)))
                      .and(REPORT.createdAt.gt(given(REPORT.createdAt)))),
          NUMBER);
  private static final List<Field<?>> COLUMNS = List.of(REPORT.fields());
  private static final JooqKept ADD = new JooqKept(DSL.insertInto(REPORT).set(given(COLUMNS)));
  private static final JooqKept STAND =
      new JooqKept(
          DSL.update(REPORT)
              .set(given(JooqReportRows.STANDING))
              .where(REPORT.id.eq(given(REPORT.id))));

  /// In words that the index of waiting executions has too, not as values: it would not be used.
  private static final Condition WAITING =
      EXECUTION
          .reportId
          .eq(given(EXECUTION.reportId))
          .and(EXECUTION.status.in(DSL.inline("PENDING"), DSL.inline("PAUSED")));

  private static final JooqKept MOVE_PENDING =
      new JooqKept(
          DSL.update(EXECUTION)
              .set(EXECUTION.slot, given(EXECUTION.slot))
              .set(EXECUTION.status, given(EXECUTION.status))
              .where(WAITING));
  private static final JooqKept ADD_PENDING =
      new JooqKept(
          DSL.insertInto(EXECUTION)
              .set(EXECUTION.id, given(EXECUTION.id))
              .set(EXECUTION.reportId, given(EXECUTION.reportId))
              .set(EXECUTION.slot, given(EXECUTION.slot))
              .set(EXECUTION.status, given(EXECUTION.status))
              .set(EXECUTION.attempt, DSL.inline(0)));
  private static final JooqKept DROP_PENDING =
      new JooqKept(DSL.deleteFrom(EXECUTION).where(WAITING));

  private static final JooqKept DROP_RUNNING =
      new JooqKept(
          DSL.deleteFrom(EXECUTION)
              .where(
                  EXECUTION
                      .reportId
                      .eq(given(EXECUTION.reportId))
                      .and(EXECUTION.status.eq(DSL.inline("RUNNING")))));

  private final JooqStore store;

  public JooqReportStore(JooqStore store) {
    this.store = store;
  }

  @Override
  public Report insert(Owner owner, Act act, Function<Holdings, Report> make) {
    return store.write(dsl -> {
      Report report = make.apply(holdings(dsl, owner));
      ADD.run(dsl, COLUMNS.stream().map(JooqReportRows.of(report)::get).toArray());
      savePending(dsl, report);
      record(dsl, report, Event.of(act, report.createdAt(), Optional.empty(), whole(report)));
      return report;
    });
  }

  private static Holdings holdings(DSLContext dsl, Owner owner) {
    return new Holdings() {
      @Override
      public int active() {
        return JooqReportStore.active(dsl, owner);
      }

      @Override
      public int madeOnceAfter(Instant since) {
        return COUNT_MADE_ONCE
            .find(dsl, row -> row.get(NUMBER), owner.tenant(), owner.user(), since)
            .orElseThrow();
      }
    };
  }

  /// How many reports of an owner are on a schedule and active.
  public static int active(DSLContext dsl, Owner owner) {
    return COUNT_ACTIVE
        .find(dsl, row -> row.get(NUMBER), owner.tenant(), owner.user())
        .orElseThrow();
  }

  @Override
  public Optional<Report> find(Scope scope, ReportId id) {
    return store.read(dsl -> find(dsl, scope, id));
  }

  @Override
  public Page<Report> list(Scope scope, Filter filter, Page.Part part) {
    boolean one =
        filter.ids().size() == 1
            && filter.queryIds().isEmpty()
            && filter.names().isEmpty()
            && part.skip() == 0;
    if (one) { // What callers ask for most.
      return Page.of(find(scope, filter.ids().getFirst()).stream().toList());
    }
    Condition fits = in(scope);
    if (!filter.ids().isEmpty()) {
      fits = fits.and(REPORT.id.in(filter.ids().stream().map(ReportId::value).toList()));
    }
    if (!filter.queryIds().isEmpty()) {
      fits = fits.and(REPORT.queryId.in(lower(filter.queryIds())));
    }
    if (!filter.names().isEmpty()) {
      fits = fits.and(REPORT.foldedName.in(filter.names().stream().map(FoldedName::of).toList()));
    }
    Condition all = fits;
    return store.read(dsl ->
        new Page<>(
            dsl.selectFrom(REPORT)
                .where(all)
                .orderBy(REPORT.createdAt.desc(), REPORT.id)
                .limit(part.limit())
                .offset(part.skip())
                .fetch(JooqReportRows::read),
            dsl.fetchCount(REPORT, all)));
  }

  @Override
  public List<Report> choose(Scope scope, Choice choice, int most) {
    Condition chosen =
        in(scope).and(REPORT.executeNow.isFalse()).and(REPORT.state.in("ACTIVE", "PAUSED"));
    if (choice.user().isPresent()) {
      chosen = chosen.and(REPORT.owner.eq(choice.user().get()));
    }
    if (choice.queryId().isPresent()) {
      chosen = chosen.and(REPORT.queryId.in(lower(List.of(choice.queryId().get()))));
    }
    if (choice.text().isPresent()) {
      chosen = chosen.and(REPORT.queryText.containsIgnoreCase(choice.text().get()));
    }
    Condition all = chosen;
    return store.read(dsl ->
        dsl.selectFrom(REPORT)
            .where(all)
            .orderBy(REPORT.createdAt, REPORT.id)
            .limit(most)
            .fetch(JooqReportStore::read));
  }

  @Override
  public Optional<Report> change(
      Scope scope, ReportId id, Act act, BiFunction<Report, IntSupplier, Optional<Change>> decide) {
    return store.write(dsl ->
        find(dsl, scope, id)
            .map(before ->
                decide
                    .apply(before, () -> active(dsl, before.owner()))
                    .map(change -> {
                      save(dsl, before, act, change);
                      return change.after();
                    })
                    .orElse(before)));
  }

  @Override
  public Optional<Deleted> delete(Scope scope, ReportId id, Act act, InstantSource clock) {
    return store.write(dsl ->
        find(dsl, scope, id)
            .map(report -> {
              var event = Event.of(act, clock.instant(), whole(report), Optional.empty());
              record(dsl, report, event);
              return delete(dsl, report);
            }));
  }

  private static Deleted delete(DSLContext dsl, Report report) {
    UUID id = report.id().value();
    List<String> results =
        dsl.select(EXECUTION.resultKey)
            .from(EXECUTION)
            .where(EXECUTION.reportId.eq(id).and(EXECUTION.resultKey.isNotNull()))
            .fetch(EXECUTION.resultKey);
    dsl.deleteFrom(SKIPPED).where(SKIPPED.reportId.eq(id)).execute();
    dsl.deleteFrom(EXECUTION).where(EXECUTION.reportId.eq(id)).execute();
    dsl.deleteFrom(REPORT).where(REPORT.id.eq(id)).execute();
    return new Deleted(report, results);
  }

  /// Stores what somebody asked for, and that they did.
  private static void save(DSLContext dsl, Report before, Act act, Change change) {
    Report after = change.after();
    boolean same =
        after.definition().equals(before.definition())
            && after.schedule().equals(before.schedule());
    if (!same) {
      dsl.update(REPORT)
          .set(JooqReportRows.asked(after))
          .where(REPORT.id.eq(after.id().value()))
          .execute();
    }
    save(dsl, change);
    Instant at = after.modifiedAt().orElse(after.createdAt());
    record(
        dsl,
        after,
        same
            ? Event.of(act, at, standing(before), standing(after))
            : Event.of(act, at, whole(before), whole(after)));
  }

  /// Stores what came of a report without anybody's asking, and records it if it is worth that.
  public static void save(DSLContext dsl, Report before, Change change, Instant now) {
    save(dsl, change);
    Report after = change.after();
    ByItself.act(before, after)
        .ifPresent(
            act -> record(dsl, after, Event.of(act, now, standing(before), standing(after))));
  }

  /// Stores a report as it should be stored, with its pending execution and its timer.
  public static void heal(DSLContext dsl, Report before, Report after, String reason, Instant now) {
    var moved = new Outcome.Moved(after.state(), List.of(), Optional.empty(), Optional.empty());
    save(dsl, new Change(after, moved));
    Act act = Act.ofService(Act.What.HEAL, reason);
    record(dsl, after, Event.of(act, now, standing(before), standing(after)));
  }

  private static void record(DSLContext dsl, Report report, Event event) {
    Owner owner = report.owner();
    var subject = new Subject(report.id().value(), owner.program(), owner.tenant(), owner.user());
    JooqHistoryStore.append(dsl, subject, event);
  }

  private static Optional<String> standing(Report report) {
    return Optional.of(Snapshot.standing(report));
  }

  private static Optional<String> whole(Report report) {
    return Optional.of(Snapshot.whole(report));
  }

  /// Stores what was decided of a report: its state, its pending execution and its skipped slots.
  private static void save(DSLContext dsl, Change change) {
    Report report = change.after();
    List<@Nullable Object> standing = new ArrayList<>(JooqReportRows.standing(report).values());
    standing.add(report.id().value());
    STAND.run(dsl, standing.toArray());
    if (change.cancelled().isPresent()) { // The slot is recorded as skipped instead.
      DROP_RUNNING.run(dsl, report.id().value());
    }
    for (Skipped range : change.moved().skipped()) {
      dsl.insertInto(SKIPPED)
          .set(SKIPPED.reportId, report.id().value())
          .set(SKIPPED.first, range.slots().first())
          .set(SKIPPED.last, range.slots().last())
          .set(SKIPPED.slots, range.slots().count())
          .set(SKIPPED.reason, range.reason().name())
          .set(SKIPPED.into, range.into().orElse(null))
          .execute();
    }
    savePending(dsl, report);
  }

  /// Reads a report from its row.
  public static Report read(Record row) {
    return JooqReportRows.read(row);
  }

  /// The one execution that has not started: kept under its id while there is a next slot.
  private static void savePending(DSLContext dsl, Report report) {
    UUID reportId = report.id().value();
    Optional<Instant> slot = Lifecycle.pending(report.state(), report.schedule());
    if (slot.isEmpty()) {
      DROP_PENDING.run(dsl, reportId);
      return;
    }
    String status = report.state() instanceof State.Paused ? "PAUSED" : "PENDING";
    if (MOVE_PENDING.run(dsl, slot.get(), status, reportId) == 0) {
      ADD_PENDING.run(dsl, UUID.randomUUID(), reportId, slot.get(), status);
    }
  }

  private static Optional<Report> find(DSLContext dsl, Scope scope, ReportId id) {
    return BY_ID
        .find(dsl, JooqReportRows::read, id.value())
        .filter(report -> scope.covers(report.owner()));
  }

  private static Condition in(Scope scope) {
    Condition in = REPORT.tenant.eq(scope.tenant());
    if (scope.program().isPresent()) {
      in = in.and(REPORT.program.eq(scope.program().get()));
    }
    return scope.user().isPresent() ? in.and(REPORT.owner.eq(scope.user().get())) : in;
  }

  private static List<String> lower(List<String> texts) {
    return texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
  }
}
