package dev.reprise.server.execution;

import static dev.reprise.server.store.JooqKept.given;
import static dev.reprise.server.store.JooqTables.EXECUTION;
import static dev.reprise.server.store.JooqTables.NODE;
import static dev.reprise.server.store.JooqTables.REPORT;

import dev.reprise.server.execution.Execution.Status;
import dev.reprise.server.store.JooqKept;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// The statements that every execution needs, and every look at what is due.
final class JooqExecutionSql {
  static final JooqKept NEXT_WAKE =
      new JooqKept(
          DSL.select(REPORT.wakeAt)
              .from(REPORT)
              .where(REPORT.wakeAt.isNotNull())
              .orderBy(REPORT.wakeAt)
              .limit(DSL.inline(1)),
          REPORT.wakeAt);
  static final JooqKept DUE =
      new JooqKept(
          DSL.select(REPORT.id, REPORT.tenant, REPORT.owner)
              .from(REPORT)
              .where(REPORT.wakeAt.le(given(REPORT.wakeAt)))
              .orderBy(REPORT.wakeAt, REPORT.id)
              .limit(DSL.val((Long) null, SQLDataType.BIGINT)),
          REPORT.id,
          REPORT.tenant,
          REPORT.owner);

  /// The status is a word of the statement: SQLite would prepare it anew for each value of a column
  /// by which an index is partial, at three times the cost of running it.
  static final JooqKept LATEST_COMPLETED =
      new JooqKept(
          DSL.selectFrom(EXECUTION)
              .where(
                  EXECUTION
                      .reportId
                      .eq(given(EXECUTION.reportId))
                      .and(EXECUTION.status.eq(DSL.inline("COMPLETED"))))
              .orderBy(EXECUTION.slot.desc())
              .limit(DSL.inline(1)),
          EXECUTION.fields());

  static final JooqKept CLAIM =
      new JooqKept(
          DSL.select(EXECUTION.id)
              .from(EXECUTION)
              .where(
                  EXECUTION
                      .id
                      .eq(given(EXECUTION.id))
                      .and(EXECUTION.status.eq(DSL.inline(Status.RUNNING.name())))
                      .and(EXECUTION.claim.eq(given(EXECUTION.claim)))
                      .and(EXECUTION.node.isNotNull())),
          EXECUTION.id);

  /// A report that is due.
  static final JooqKept WAITING =
      new JooqKept(
          DSL.selectFrom(REPORT)
              .where(REPORT.id.eq(given(REPORT.id)).and(REPORT.wakeAt.le(given(REPORT.wakeAt)))),
          REPORT.fields());

  /// A report of which an attempt is being made.
  static final JooqKept UNDER_WAY =
      new JooqKept(
          DSL.selectFrom(REPORT).where(REPORT.id.eq(given(REPORT.id)).and(REPORT.retryAt.isNull())),
          REPORT.fields());

  /// The execution of a report that is to be attempted again.
  static final JooqKept RUNNING = executionOf(Status.RUNNING);

  /// The execution of a report that is next. Both words, as the index of those has them.
  static final JooqKept PENDING = executionOf(Status.PENDING, Status.PAUSED);

  static final JooqKept START =
      new JooqKept(
          DSL.update(EXECUTION)
              .set(EXECUTION.slot, given(EXECUTION.slot))
              .set(EXECUTION.status, DSL.inline(Status.RUNNING.name()))
              .set(EXECUTION.attempt, given(EXECUTION.attempt))
              .set(EXECUTION.claim, given(EXECUTION.claim))
              .set(EXECUTION.node, given(EXECUTION.node))
              .set(EXECUTION.startedAt, given(EXECUTION.startedAt))
              .where(EXECUTION.id.eq(given(EXECUTION.id))));

  static final JooqKept COMPLETE =
      new JooqKept(
          DSL.update(EXECUTION)
              .set(EXECUTION.status, DSL.inline(Status.COMPLETED.name()))
              .set(EXECUTION.endedAt, given(EXECUTION.endedAt))
              .set(EXECUTION.windowFrom, given(EXECUTION.windowFrom))
              .set(EXECUTION.windowTo, given(EXECUTION.windowTo))
              .set(EXECUTION.resultKey, given(EXECUTION.resultKey))
              .set(EXECUTION.rows, given(EXECUTION.rows))
              .set(EXECUTION.bytes, given(EXECUTION.bytes))
              .set(EXECUTION.sha256, given(EXECUTION.sha256))
              .set(EXECUTION.error, DSL.inline((String) null))
              .where(EXECUTION.id.eq(given(EXECUTION.id))));

  /// An attempt is under way, and the node that makes it is gone. Where the report says otherwise
  /// than its execution, that is the watchdog's to mend.
  private static final Condition IS_ORPHANED =
      EXECUTION
          .status
          .eq(DSL.inline(Status.RUNNING.name()))
          .and(REPORT.runningSlot.isNotNull())
          .and(REPORT.retryAt.isNull())
          .andNotExists(DSL.selectOne().from(NODE).where(NODE.id.eq(EXECUTION.node)));

  /// The reports whose attempts nobody makes.
  static final JooqKept ORPHANS = orphans(IS_ORPHANED);

  /// The same, if it is still so of one report.
  static final JooqKept ORPHAN =
      orphans(IS_ORPHANED.and(EXECUTION.reportId.eq(given(EXECUTION.reportId))));

  /// The execution of a report that is under way here.
  static final JooqKept OURS =
      new JooqKept(
          DSL.select(EXECUTION.id)
              .from(EXECUTION)
              .where(
                  EXECUTION
                      .reportId
                      .eq(given(EXECUTION.reportId))
                      .and(EXECUTION.status.eq(DSL.inline(Status.RUNNING.name())))
                      .and(EXECUTION.node.eq(given(EXECUTION.node)))),
          EXECUTION.id);

  static final JooqKept NODE_THERE =
      new JooqKept(DSL.select(NODE.id).from(NODE).where(NODE.id.eq(given(NODE.id))), NODE.id);

  static final JooqKept LOST =
      new JooqKept(
          DSL.update(EXECUTION)
              .set(EXECUTION.node, DSL.field("null", EXECUTION.node.getDataType()))
              .where(
                  EXECUTION
                      .reportId
                      .eq(given(EXECUTION.reportId))
                      .and(EXECUTION.status.eq(DSL.inline(Status.RUNNING.name())))));

  private JooqExecutionSql() {}

  private static JooqKept orphans(Condition which) {
    return new JooqKept(
        DSL.select(EXECUTION.reportId)
            .from(EXECUTION)
            .join(REPORT)
            .on(REPORT.id.eq(EXECUTION.reportId))
            .where(which),
        EXECUTION.reportId);
  }

  private static JooqKept executionOf(Status... statuses) {
    List<Field<String>> words =
        Stream.of(statuses)
            .map(status -> DSL.inline(status.name()))
            .<Field<String>>map(w -> w)
            .toList();
    Condition fits =
        words.size() == 1 ? EXECUTION.status.eq(words.getFirst()) : EXECUTION.status.in(words);
    return new JooqKept(
        DSL.select(EXECUTION.id, EXECUTION.claim)
            .from(EXECUTION)
            .where(EXECUTION.reportId.eq(given(EXECUTION.reportId)).and(fits)),
        EXECUTION.id,
        EXECUTION.claim);
  }
}
