package dev.reprise.server.report;

import dev.reprise.schedule.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;

/// What reports need of storage. Each method that writes is one transaction.
public interface ReportStore {
  /// Keeps a new report, with its first execution pending, unless its owner has used up the quota.
  ///
  /// @return whether it was kept
  boolean insert(Report report, Quota quota);

  /// The report, if it is in scope.
  Optional<Report> find(Scope scope, ReportId id);

  /// The reports in scope that fit a filter, newest first.
  List<Report> list(Scope scope, Filter filter);

  /// Loads a report, lets a function decide, and stores all that it decided, or nothing.
  ///
  /// @param decide given the report and how many of its owner's reports are active; called again if
  ///   the report changed meanwhile, so it does nothing else
  /// @return the report as it is now; empty if there is none in scope
  Optional<Report> change(
      Scope scope, ReportId id, BiFunction<Report, IntSupplier, Optional<Change>> decide);

  /// Forgets a report with its executions and all that is recorded of it.
  ///
  /// @return what there was; empty if there is none in scope
  Optional<Deleted> delete(Scope scope, ReportId id);

  /// What is decided of a report.
  record Change(Report after, Outcome.Moved moved) {}

  /// A report that is no more.
  ///
  /// @param results the keys of the files that it generated
  record Deleted(Report report, List<String> results) {
    public Deleted {
      results = List.copyOf(results);
    }
  }

  /// How many of the owner's reports may be like the new one.
  ///
  /// @param since counts reports made after it; empty to count those that are active now
  record Quota(int limit, Optional<Instant> since) {}

  /// Which reports are asked for. An empty list asks for any; names match in any casing.
  record Filter(List<ReportId> ids, List<String> names, List<String> queryIds) {
    public Filter {
      ids = List.copyOf(ids);
      names = List.copyOf(names);
      queryIds = List.copyOf(queryIds);
    }
  }
}
