package dev.reprise.server.report;

import dev.reprise.server.report.ReportStore.Deleted;
import java.time.Instant;

/// Port: what reports need of those who execute them.
public interface Executing {
  /// Something may be due now.
  void wake();

  /// Stops the execution of a slot that was cancelled.
  void stop(ReportId report, Instant slot);

  /// Stops what still runs for a report that is no more, and removes its files.
  void remove(Deleted deleted);
}
