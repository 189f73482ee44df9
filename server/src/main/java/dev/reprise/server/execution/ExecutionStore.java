package dev.reprise.server.execution;

import dev.reprise.query.Window;
import dev.reprise.schedule.CatchUp;
import dev.reprise.server.delivery.ResultFile;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.rights.User;
import dev.reprise.server.wire.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What executions need of storage. Each method that writes is one transaction, in which a pure
/// function decides what becomes of the report.
public interface ExecutionStore {
  /// When time next has something to do to any report.
  Optional<Instant> nextWake();

  /// The reports to which time has something to do by now, longest due first; of several nodes each
  /// has others first.
  List<Due> due(Instant now, int limit);

  /// Lets time pass for a report that waits for it, and claims the attempt that is now to be made.
  /// A report about which nothing can be decided is set aside and logged.
  ///
  /// @param misfire what becomes of slots that passed unstarted
  /// @return empty if there is none, or the report waits no longer
  Optional<Attempt> claim(ReportId report, Instant now, CatchUp misfire);

  /// Whether an attempt is still to be made: its report may have been deleted, or the execution
  /// cancelled.
  boolean isClaimed(Attempt attempt);

  /// Records the file of an attempt.
  ///
  /// @return false if the report or the claim is gone, so that nobody will ever see the file; true
  ///   also if it was recorded before
  boolean complete(Attempt attempt, Window window, ResultFile file, Instant now);

  /// Records that an attempt failed.
  ///
  /// @param retry whether another attempt could mend it
  /// @return whether the execution has ended with it
  boolean fail(Attempt attempt, String error, boolean retry, Instant now);

  /// Gives back the attempts of nodes that are gone: nobody makes them.
  ///
  /// @param misfire what becomes of slots that passed meanwhile
  /// @return how many there were
  int recover(Instant now, CatchUp misfire);

  /// Gives back the attempt of a report, if one is claimed here: for when nobody makes it.
  ///
  /// @param misfire what becomes of slots that passed meanwhile
  /// @return whether there was one
  boolean giveBack(ReportId report, Instant now, CatchUp misfire);

  /// A part of the executions of a report that fit a filter, newest slot first.
  Page<Execution> list(ReportId report, Filter filter, Page.Part part);

  /// The execution that fits a filter and has the newest slot.
  Optional<Execution> latest(ReportId report, Filter filter);

  /// The file that is kept under a key, if its execution has completed.
  Optional<ResultFile> result(String key);

  /// A report that is due, and whose it is.
  record Due(ReportId report, User owner) {}

  /// Which executions are asked for; no ids ask for any.
  ///
  /// @param since the oldest slot wanted
  record Filter(Set<UUID> ids, Set<Execution.Status> statuses, Optional<Instant> since) {
    public Filter {
      ids = Set.copyOf(ids);
      statuses = Set.copyOf(statuses);
    }
  }
}
