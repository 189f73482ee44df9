package dev.reprise.server.callback;

import static dev.reprise.server.store.JooqTables.CALLBACK;
import static dev.reprise.server.store.JooqTables.CALLBACK_ATTEMPT;
import static dev.reprise.server.store.JooqTables.CALLBACK_SECRET;
import static dev.reprise.server.store.JooqTables.EXECUTION;
import static dev.reprise.server.store.JooqTables.REPORT;
import static dev.reprise.server.store.JooqTables.SKIPPED;

import dev.reprise.server.callback.Callback.Attempt;
import dev.reprise.server.callback.Callback.State;
import dev.reprise.server.callback.Due.Completed;
import dev.reprise.server.node.Nodes;
import dev.reprise.server.receiver.Target;
import dev.reprise.server.report.Definition.Callback.Method;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.report.Scope;
import dev.reprise.server.store.JooqStore;
import dev.reprise.server.wire.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;

/// Callbacks in the tables of the store.
public final class JooqCallbackStore implements CallbackStore {
  /// So long what is due is left to the node that is to look at its receiver first.
  private static final Duration FIRST = Duration.ofSeconds(2);

  private final JooqStore store;
  private final Nodes nodes;

  public JooqCallbackStore(JooqStore store, Nodes nodes) {
    this.store = store;
    this.nodes = nodes;
  }

  @Override
  public Optional<Instant> nextDue() {
    return store.read(dsl -> JooqCallbackSql.NEXT_DUE.find(dsl, row -> row.get(CALLBACK.dueAt)));
  }

  @Override
  public List<String> receivers(Instant now) {
    List<String> due = receiversOf(now);
    if (!nodes.hasOthers()) {
      return due;
    }
    Set<String> left = Set.copyOf(receiversOf(now.minus(FIRST)));
    return due.stream()
        .filter(one -> nodes.isFirstFor(one.hashCode()) || left.contains(one))
        .toList();
  }

  private List<String> receiversOf(Instant now) {
    return store.read(
        dsl -> JooqCallbackSql.RECEIVERS.list(dsl, row -> row.get(CALLBACK.receiver), now));
  }

  @Override
  public List<Due> due(String receiver, Instant now, int limit) {
    return store.read(
        dsl -> JooqCallbackSql.DUE.list(dsl, row -> due(dsl, row), receiver, now, (long) limit));
  }

  private static Due due(DSLContext dsl, Record row) {
    var report = new ReportId(row.get(REPORT.id));
    String tenant = row.get(REPORT.tenant);
    return new Due(
        row.get(CALLBACK.executionId),
        row.get(CALLBACK.receiver),
        row.get(CALLBACK.round),
        row.get(CALLBACK.tries),
        Method.valueOf(row.get(REPORT.callbackMethod)),
        Optional.ofNullable(row.get(REPORT.callbackUrl)).orElse(""),
        new Secrets.Marks(tenant, report, mark(dsl, scope(tenant)), mark(dsl, scope(report))),
        completed(dsl, row));
  }

  private static Completed completed(DSLContext dsl, Record row) {
    Optional<Instant> mergedFrom =
        JooqCallbackSql.MERGED_FROM.find(
            dsl,
            skipped -> skipped.get(SKIPPED.first),
            row.get(REPORT.id),
            row.get(EXECUTION.slot));
    return new Completed(
        row.get(EXECUTION.slot),
        row.get(EXECUTION.attempt),
        row.get(EXECUTION.endedAt),
        mergedFrom,
        Optional.ofNullable(row.get(EXECUTION.windowFrom)),
        Optional.ofNullable(row.get(EXECUTION.windowTo)),
        row.get(EXECUTION.rows),
        row.get(EXECUTION.bytes),
        row.get(EXECUTION.sha256));
  }

  @Override
  public boolean claim(Due due, Instant now, Instant until) {
    return nodes.isAlone()
        || store.write(dsl ->
            JooqCallbackSql.CLAIM.run(dsl, until, due.execution(), due.round(), due.tries(), now)
                > 0);
  }

  @Override
  public void record(Due due, Attempt attempt, Next next) {
    store.write(dsl ->
        JooqCallbackSql.STANDING
            .find(dsl, row -> row.get(CALLBACK.attempts), due.execution())
            .map(before -> record(dsl, due, attempt, next, before + 1)));
  }

  /// Nothing is recorded of a report that was deleted meanwhile, and nothing decided of a callback
  /// that was replayed meanwhile, or of which another attempt was recorded.
  private static int record(DSLContext dsl, Due due, Attempt attempt, Next next, int number) {
    JooqCallbackSql.ATTEMPTED.run(
        dsl,
        next.state().name(),
        next.due().orElse(null),
        next.due().isPresent() ? null : next.now(),
        due.tries() + 1,
        Target.receiver(due.url()),
        due.execution(),
        due.round(),
        due.tries());
    JooqCallbackSql.COUNTED.run(dsl, number, due.execution());
    JooqCallbackSql.ADD_ATTEMPT.run(
        dsl,
        due.execution(),
        number,
        attempt.at(),
        attempt.millis(),
        attempt.status().orElse(null),
        attempt.error().orElse(null));
    return number > Callback.KEPT_ATTEMPTS
        ? JooqCallbackSql.DROP_OLD_ATTEMPTS.run(
            dsl, due.execution(), number - Callback.KEPT_ATTEMPTS)
        : 0;
  }

  @Override
  public Optional<Callback> find(UUID execution) {
    return store.read(dsl -> {
      List<Callback> found = callbacks(dsl, shown(dsl, CALLBACK.executionId.eq(execution)).fetch());
      return found.stream().findFirst();
    });
  }

  @Override
  public Page<Callback> list(ReportId report, Page.Part part) {
    Condition of = CALLBACK.reportId.eq(report.value());
    return store.read(dsl ->
        new Page<>(
            callbacks(
                dsl,
                shown(dsl, of)
                    .orderBy(CALLBACK.createdAt.desc(), CALLBACK.executionId)
                    .limit(part.limit())
                    .offset(part.skip())
                    .fetch()),
            dsl.fetchCount(CALLBACK, of)));
  }

  private static SelectConditionStep<Record> shown(DSLContext dsl, Condition which) {
    return dsl.select(CALLBACK.fields())
        .select(EXECUTION.slot, REPORT.callbackMethod, REPORT.callbackUrl)
        .from(CALLBACK)
        .join(EXECUTION)
        .on(EXECUTION.id.eq(CALLBACK.executionId))
        .join(REPORT)
        .on(REPORT.id.eq(CALLBACK.reportId))
        .where(which);
  }

  private static List<Callback> callbacks(DSLContext dsl, List<? extends Record> rows) {
    List<UUID> ids = rows.stream().map(row -> row.get(CALLBACK.executionId)).toList();
    Map<UUID, List<Attempt>> attempts =
        dsl.selectFrom(CALLBACK_ATTEMPT)
            .where(CALLBACK_ATTEMPT.executionId.in(ids))
            .orderBy(CALLBACK_ATTEMPT.executionId, CALLBACK_ATTEMPT.number)
            .fetchGroups(CALLBACK_ATTEMPT.executionId, JooqCallbackStore::attempt);
    return rows.stream()
        .map(row -> callback(row, attempts.getOrDefault(row.get(CALLBACK.executionId), List.of())))
        .toList();
  }

  private static Callback callback(Record row, List<Attempt> attempts) {
    return new Callback(
        row.get(CALLBACK.executionId),
        new ReportId(row.get(CALLBACK.reportId)),
        row.get(EXECUTION.slot),
        Method.valueOf(row.get(REPORT.callbackMethod)),
        Optional.ofNullable(row.get(REPORT.callbackUrl)).orElse(""),
        State.valueOf(row.get(CALLBACK.state)),
        row.get(CALLBACK.createdAt),
        Optional.ofNullable(row.get(CALLBACK.dueAt)),
        Optional.ofNullable(row.get(CALLBACK.endedAt)),
        attempts);
  }

  private static Attempt attempt(Record row) {
    return new Attempt(
        row.get(CALLBACK_ATTEMPT.number),
        row.get(CALLBACK_ATTEMPT.at),
        row.get(CALLBACK_ATTEMPT.millis),
        Optional.ofNullable(row.get(CALLBACK_ATTEMPT.status)),
        Optional.ofNullable(row.get(CALLBACK_ATTEMPT.error)));
  }

  @Override
  public void replay(UUID execution, Instant now) {
    store.write(dsl -> replay(dsl, CALLBACK.executionId.eq(execution), now));
  }

  @Override
  public int replay(List<UUID> executions, Instant now) {
    Condition ended = CALLBACK.executionId.in(executions).and(CALLBACK.endedAt.isNotNull());
    return store.write(dsl -> replay(dsl, ended, now));
  }

  private static int replay(DSLContext dsl, Condition which, Instant now) {
    return dsl.update(CALLBACK)
        .set(CALLBACK.state, State.WAITING.name())
        .set(CALLBACK.dueAt, now)
        .setNull(CALLBACK.endedAt)
        .set(CALLBACK.round, CALLBACK.round.plus(1))
        .set(CALLBACK.tries, 0)
        .where(which)
        .execute();
  }

  @Override
  public List<UUID> ended(Choice choice, int limit) {
    Scope scope = choice.scope();
    Condition chosen =
        REPORT
            .tenant
            .eq(scope.tenant())
            .and(CALLBACK.endedAt.isNotNull())
            .and(CALLBACK.createdAt.ge(choice.since()))
            .and(CALLBACK.state.in(choice.states().stream().map(State::name).toList()));
    if (scope.user().isPresent()) {
      chosen = chosen.and(REPORT.owner.eq(scope.user().get()));
    }
    if (choice.report().isPresent()) {
      chosen = chosen.and(CALLBACK.reportId.eq(choice.report().get().value()));
    }
    Condition all = chosen;
    return store.read(dsl ->
        dsl.select(CALLBACK.executionId)
            .from(CALLBACK)
            .join(REPORT)
            .on(REPORT.id.eq(CALLBACK.reportId))
            .where(all)
            .orderBy(CALLBACK.createdAt, CALLBACK.executionId)
            .limit(limit)
            .fetch(CALLBACK.executionId));
  }

  @Override
  public Optional<Secrets.Marks> marks(ReportId report) {
    return store.read(dsl ->
        dsl.select(REPORT.tenant)
            .from(REPORT)
            .where(REPORT.id.eq(report.value()))
            .fetchOptional(REPORT.tenant)
            .map(tenant ->
                new Secrets.Marks(
                    tenant, report, mark(dsl, scope(tenant)), mark(dsl, scope(report)))));
  }

  @Override
  public Optional<Secrets.Mark> mark(String tenant) {
    return store.read(dsl -> mark(dsl, scope(tenant)));
  }

  private static Optional<Secrets.Mark> mark(DSLContext dsl, String scope) {
    return JooqCallbackSql.SECRET.find(
        dsl,
        row ->
            new Secrets.Mark(
                row.get(CALLBACK_SECRET.generation),
                row.get(CALLBACK_SECRET.since),
                row.get(CALLBACK_SECRET.oldUntil)),
        scope);
  }

  @Override
  public void rotate(String tenant, Optional<ReportId> report, Instant now, Instant oldUntil) {
    String scope = report.map(JooqCallbackStore::scope).orElseGet(() -> scope(tenant));
    store.write(dsl ->
        dsl.insertInto(CALLBACK_SECRET)
            .set(CALLBACK_SECRET.scope, scope)
            .set(CALLBACK_SECRET.reportId, report.map(ReportId::value).orElse(null))
            .set(CALLBACK_SECRET.generation, 1)
            .set(CALLBACK_SECRET.since, now)
            .set(CALLBACK_SECRET.oldUntil, oldUntil)
            .onConflict(CALLBACK_SECRET.scope)
            .doUpdate()
            .set(CALLBACK_SECRET.generation, CALLBACK_SECRET.generation.plus(1))
            .set(CALLBACK_SECRET.since, now)
            .set(CALLBACK_SECRET.oldUntil, oldUntil)
            .execute());
  }

  private static String scope(String tenant) {
    return "tenant " + tenant;
  }

  private static String scope(ReportId report) {
    return "report " + report;
  }

  @Override
  public int prune(Instant before, int limit) {
    boolean none =
        store.read(dsl ->
            JooqCallbackSql.FIRST_ENDED
                .find(dsl, row -> row.get(CALLBACK.executionId), before)
                .isEmpty());
    if (none) { // Nearly always: a test clock that moves by years would write at every step.
      return 0;
    }
    return store.write(dsl ->
        dsl.deleteFrom(CALLBACK)
            .where(
                CALLBACK.executionId.in(
                    DSL.select(CALLBACK.executionId)
                        .from(CALLBACK)
                        .where(CALLBACK.endedAt.lt(before))
                        .limit(limit)))
            .execute());
  }

  @Override
  public int waiting() {
    return store.read(dsl -> dsl.fetchCount(CALLBACK, CALLBACK.dueAt.isNotNull()));
  }

  @Override
  public Optional<Instant> oldestWaiting() {
    return store.read(dsl ->
        Optional.ofNullable(
            dsl.select(DSL.min(CALLBACK.createdAt))
                .from(CALLBACK)
                .where(CALLBACK.dueAt.isNotNull())
                .fetchSingle()
                .value1()));
  }
}
