package dev.reprise.server.execution;

import dev.reprise.schedule.Ledger.Fate;
import dev.reprise.schedule.Slots;
import dev.reprise.server.report.Report;
import dev.reprise.server.report.ReportId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What the slot ledger needs of storage.
public interface LedgerStore {
  /// The report and what became of its slots in a span, all as of one moment.
  ///
  /// @param now slots that have come by then and have no outcome are pending
  /// @param limit of the rows of each kind: the oldest
  Optional<Page> read(ReportId report, Span span, Instant now, int limit);

  /// From one instant to another, both counted in.
  record Span(Instant from, Instant to) {}

  /// The oldest rows of a span, in no order and maybe more than the limit.
  record Page(Report report, List<Row> rows) {
    public Page {
      rows = List.copyOf(rows);
    }
  }

  /// What became of neighbouring slots, of which some may lie outside of the span.
  ///
  /// @param reason of a failure its error; of a merge into which slot
  record Row(Slots slots, Fate fate, Optional<String> reason, Optional<UUID> executionId) {}
}
