package dev.reprise.server.history;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What reading the history needs of storage. It is written in the transactions of those who change
/// reports.
public interface HistoryStore {
  /// The newest entry of a report and whose it is; empty if there never was such a report.
  Optional<Head> head(UUID report);

  /// The entries of a report after another, oldest first.
  ///
  /// @param after how many entries come before them
  List<Entry> list(UUID report, int after, int limit);

  /// Where the history of a report ends.
  ///
  /// @param sequence of the newest entry; 0 without any
  record Head(Subject subject, int sequence, String hash) {}
}
