package dev.reprise.server.callback;

import static dev.reprise.server.store.JooqKept.given;
import static dev.reprise.server.store.JooqTables.CALLBACK;
import static dev.reprise.server.store.JooqTables.CALLBACK_ATTEMPT;
import static dev.reprise.server.store.JooqTables.CALLBACK_SECRET;
import static dev.reprise.server.store.JooqTables.EXECUTION;
import static dev.reprise.server.store.JooqTables.REPORT;
import static dev.reprise.server.store.JooqTables.SKIPPED;

import dev.reprise.server.callback.Callback.State;
import dev.reprise.server.store.JooqKept;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// The statements that every callback needs.
final class JooqCallbackSql {
  static final JooqKept ADD =
      new JooqKept(
          DSL.insertInto(CALLBACK)
              .set(CALLBACK.executionId, given(CALLBACK.executionId))
              .set(CALLBACK.reportId, given(CALLBACK.reportId))
              .set(CALLBACK.receiver, given(CALLBACK.receiver))
              .set(CALLBACK.state, DSL.inline(State.WAITING.name()))
              .set(CALLBACK.createdAt, given(CALLBACK.createdAt))
              .set(CALLBACK.dueAt, given(CALLBACK.dueAt))
              .set(CALLBACK.round, DSL.inline(0))
              .set(CALLBACK.tries, DSL.inline(0))
              .set(CALLBACK.attempts, DSL.inline(0)));

  static final JooqKept NEXT_DUE =
      new JooqKept(
          DSL.select(CALLBACK.dueAt)
              .from(CALLBACK)
              .where(CALLBACK.dueAt.isNotNull())
              .orderBy(CALLBACK.dueAt)
              .limit(DSL.inline(1)),
          CALLBACK.dueAt);

  /// From receiver to receiver along the index, however many callbacks one of them has.
  static final JooqKept RECEIVERS =
      new JooqKept(
          DSL.resultQuery(
              """
              with recursive turn (receiver) as (
                select min(receiver) from callback where due_at is not null
                union all
                select (
                  select min(after.receiver) from callback after
                  where after.due_at is not null and after.receiver > turn.receiver)
                from turn where turn.receiver is not null)
              select receiver from turn
              where receiver is not null and exists (
                select 1 from callback first
                where first.receiver = turn.receiver and first.due_at <= {0})
              """,
              given(CALLBACK.dueAt)),
          CALLBACK.receiver);

  private static final Field<?>[] DUE_FIELDS = {
    CALLBACK.executionId,
    CALLBACK.receiver,
    CALLBACK.round,
    CALLBACK.tries,
    REPORT.callbackMethod,
    REPORT.callbackUrl,
    REPORT.tenant,
    REPORT.id,
    EXECUTION.slot,
    EXECUTION.attempt,
    EXECUTION.endedAt,
    EXECUTION.windowFrom,
    EXECUTION.windowTo,
    EXECUTION.rows,
    EXECUTION.bytes,
    EXECUTION.sha256
  };

  static final JooqKept DUE =
      new JooqKept(
          DSL.select(DUE_FIELDS)
              .from(CALLBACK)
              .join(EXECUTION)
              .on(EXECUTION.id.eq(CALLBACK.executionId))
              .join(REPORT)
              .on(REPORT.id.eq(CALLBACK.reportId))
              .where(CALLBACK.receiver.eq(given(CALLBACK.receiver)))
              .and(CALLBACK.dueAt.le(given(CALLBACK.dueAt)))
              .orderBy(CALLBACK.dueAt)
              .limit(DSL.val((Long) null, SQLDataType.BIGINT)),
          DUE_FIELDS);

  static final JooqKept MERGED_FROM =
      new JooqKept(
          DSL.select(SKIPPED.first)
              .from(SKIPPED)
              .where(SKIPPED.reportId.eq(given(SKIPPED.reportId)))
              .and(SKIPPED.into.eq(given(SKIPPED.into)))
              .orderBy(SKIPPED.first)
              .limit(DSL.inline(1)),
          SKIPPED.first);

  static final JooqKept STANDING =
      new JooqKept(
          DSL.select(CALLBACK.round, CALLBACK.attempts)
              .from(CALLBACK)
              .where(CALLBACK.executionId.eq(given(CALLBACK.executionId))),
          CALLBACK.round,
          CALLBACK.attempts);

  static final JooqKept ATTEMPTED =
      new JooqKept(
          DSL.update(CALLBACK)
              .set(CALLBACK.state, given(CALLBACK.state))
              .set(CALLBACK.dueAt, given(CALLBACK.dueAt))
              .set(CALLBACK.endedAt, given(CALLBACK.endedAt))
              .set(CALLBACK.tries, given(CALLBACK.tries))
              .set(CALLBACK.receiver, given(CALLBACK.receiver))
              .where(CALLBACK.executionId.eq(given(CALLBACK.executionId)))
              .and(CALLBACK.round.eq(given(CALLBACK.round)))
              .and(CALLBACK.tries.eq(given(CALLBACK.tries))));

  static final JooqKept CLAIM =
      new JooqKept(
          DSL.update(CALLBACK)
              .set(CALLBACK.dueAt, given(CALLBACK.dueAt))
              .where(CALLBACK.executionId.eq(given(CALLBACK.executionId)))
              .and(CALLBACK.round.eq(given(CALLBACK.round)))
              .and(CALLBACK.tries.eq(given(CALLBACK.tries)))
              .and(CALLBACK.dueAt.le(given(CALLBACK.dueAt))));

  static final JooqKept COUNTED =
      new JooqKept(
          DSL.update(CALLBACK)
              .set(CALLBACK.attempts, given(CALLBACK.attempts))
              .where(CALLBACK.executionId.eq(given(CALLBACK.executionId))));

  static final JooqKept ADD_ATTEMPT =
      new JooqKept(
          DSL.insertInto(CALLBACK_ATTEMPT)
              .set(CALLBACK_ATTEMPT.executionId, given(CALLBACK_ATTEMPT.executionId))
              .set(CALLBACK_ATTEMPT.number, given(CALLBACK_ATTEMPT.number))
              .set(CALLBACK_ATTEMPT.at, given(CALLBACK_ATTEMPT.at))
              .set(CALLBACK_ATTEMPT.millis, given(CALLBACK_ATTEMPT.millis))
              .set(CALLBACK_ATTEMPT.status, given(CALLBACK_ATTEMPT.status))
              .set(CALLBACK_ATTEMPT.error, given(CALLBACK_ATTEMPT.error)));

  static final JooqKept DROP_OLD_ATTEMPTS =
      new JooqKept(
          DSL.deleteFrom(CALLBACK_ATTEMPT)
              .where(CALLBACK_ATTEMPT.executionId.eq(given(CALLBACK_ATTEMPT.executionId)))
              .and(CALLBACK_ATTEMPT.number.le(given(CALLBACK_ATTEMPT.number))));

  static final JooqKept FIRST_ENDED =
      new JooqKept(
          DSL.select(CALLBACK.executionId)
              .from(CALLBACK)
              .where(CALLBACK.endedAt.lt(given(CALLBACK.endedAt)))
              .limit(DSL.inline(1)),
          CALLBACK.executionId);

  static final JooqKept SECRET =
      new JooqKept(
          DSL.select(CALLBACK_SECRET.generation, CALLBACK_SECRET.since, CALLBACK_SECRET.oldUntil)
              .from(CALLBACK_SECRET)
              .where(CALLBACK_SECRET.scope.eq(given(CALLBACK_SECRET.scope))),
          CALLBACK_SECRET.generation,
          CALLBACK_SECRET.since,
          CALLBACK_SECRET.oldUntil);

  private JooqCallbackSql() {}
}
