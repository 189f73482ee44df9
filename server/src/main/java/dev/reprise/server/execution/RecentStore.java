package dev.reprise.server.execution;

import dev.reprise.server.report.ReportId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Port: how the last executions of reports went.
public interface RecentStore {
  /// So many of each report.
  int MOST = 12;

  /// The newest executions of each report that have ended, newest first.
  ///
  /// - Limits: [#MOST] of each report.
  Map<ReportId, List<Run>> recent(Collection<ReportId> reports);

  /// One that has ended.
  ///
  /// @param rows of its file; empty if it failed
  record Run(
      Instant slot, Optional<Instant> startedAt, Optional<Instant> endedAt, Optional<Long> rows) {}
}
