package dev.reprise.server.execution;

import static dev.reprise.server.store.JooqKept.given;
import static dev.reprise.server.store.JooqTables.EXECUTION;

import dev.reprise.server.report.ReportId;
import dev.reprise.server.store.JooqKept;
import dev.reprise.server.store.JooqStore;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// How the last executions went, from the tables of the store.
public final class JooqRecentStore implements RecentStore {
  /// One of it for each report: each reads a dozen entries of an index, however many executions
  /// there are, and a statement that is kept costs little.
  private static final JooqKept NEWEST =
      new JooqKept(
          DSL.select(EXECUTION.slot, EXECUTION.startedAt, EXECUTION.endedAt, EXECUTION.rows)
              .from(EXECUTION)
              .where(
                  EXECUTION
                      .reportId
                      .eq(given(EXECUTION.reportId))
                      .and(EXECUTION.status.in(DSL.inline("COMPLETED"), DSL.inline("FAILED"))))
              .orderBy(EXECUTION.slot.desc())
              .limit(DSL.inline(MOST)),
          EXECUTION.slot,
          EXECUTION.startedAt,
          EXECUTION.endedAt,
          EXECUTION.rows);

  private final JooqStore store;

  public JooqRecentStore(JooqStore store) {
    this.store = store;
  }

  @Override
  public Map<ReportId, List<Run>> recent(Collection<ReportId> reports) {
    return store.read(dsl -> {
      Map<ReportId, List<Run>> recent = new LinkedHashMap<>();
      for (ReportId report : reports) {
        recent.put(report, NEWEST.list(dsl, JooqRecentStore::run, report.value()));
      }
      return recent;
    });
  }

  private static Run run(Record row) {
    return new Run(
        row.get(EXECUTION.slot),
        Optional.ofNullable(row.get(EXECUTION.startedAt)),
        Optional.ofNullable(row.get(EXECUTION.endedAt)),
        Optional.ofNullable(row.get(EXECUTION.rows)));
  }
}
