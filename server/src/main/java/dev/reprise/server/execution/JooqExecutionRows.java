package dev.reprise.server.execution;

import static dev.reprise.server.store.JooqTables.EXECUTION;

import dev.reprise.server.delivery.ResultFile;
import dev.reprise.server.execution.Execution.Status;
import dev.reprise.server.execution.ExecutionStore.Filter;
import dev.reprise.server.report.ReportId;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;

/// Executions as rows.
final class JooqExecutionRows {
  private JooqExecutionRows() {}

  /// Which rows a filter lets through.
  static Condition fits(ReportId report, Filter filter) {
    Condition asked =
        EXECUTION
            .reportId
            .eq(report.value())
            .and(EXECUTION.status.in(filter.statuses().stream().map(Status::name).toList()));
    if (!filter.ids().isEmpty()) {
      asked = asked.and(EXECUTION.id.in(filter.ids()));
    }
    return filter.since().isPresent() ? asked.and(EXECUTION.slot.ge(filter.since().get())) : asked;
  }

  /// Reads an execution from its row.
  static Execution read(Record row) {
    return new Execution(
        row.get(EXECUTION.id),
        row.get(EXECUTION.slot),
        Status.valueOf(row.get(EXECUTION.status)),
        Optional.ofNullable(row.get(EXECUTION.endedAt)),
        row.get(EXECUTION.resultKey) == null ? Optional.empty() : Optional.of(file(row)),
        Optional.ofNullable(row.get(EXECUTION.error)));
  }

  static ResultFile file(Record row) {
    return new ResultFile(
        row.get(EXECUTION.resultKey),
        row.get(EXECUTION.bytes),
        row.get(EXECUTION.rows),
        row.get(EXECUTION.sha256),
        Optional.ofNullable(row.get(EXECUTION.removedAt)));
  }
}
