package dev.reprise.server.watchdog;

import dev.reprise.schedule.Watch.Difference;
import dev.reprise.schedule.Watch.Stored;
import dev.reprise.server.report.Report;
import dev.reprise.server.report.ReportId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the watchdog needs of storage.
public interface WatchStore {
  /// What is stored of some reports, by their ids.
  ///
  /// @param after the last of those before; empty to begin
  List<Kept> page(Optional<ReportId> after, int limit);

  /// Reports that are not there, but of which executions wait or run.
  ///
  /// @param after below the first of them
  /// @param through not below the last of them; empty for all
  List<ReportId> orphaned(Optional<ReportId> after, Optional<ReportId> through, int limit);

  /// Compares again, in the transaction that corrects what differs and records it in the history.
  ///
  /// @return what differed; none if it was only seen halfway through a change
  List<Difference> heal(ReportId id, Instant now);

  /// A report and what is stored to carry it out.
  record Kept(Report report, Stored stored) {}
}
