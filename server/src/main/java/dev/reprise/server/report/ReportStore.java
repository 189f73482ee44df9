package dev.reprise.server.report;

import dev.reprise.schedule.Outcome;
import dev.reprise.schedule.Skipped;
import dev.reprise.server.history.Act;
import dev.reprise.server.wire.Page;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntSupplier;

/// What reports need of storage. Each method that writes is one transaction.
public interface ReportStore {
  /// Keeps the report that a function makes, with its first execution pending.
  ///
  /// @param act as its history has it
  /// @param make given how many reports the owner has; what it throws, it refuses
  Report insert(Owner owner, Act act, Function<Holdings, Report> make);

  /// The report, if it is in scope.
  Optional<Report> find(Scope scope, ReportId id);

  /// A part of the reports in scope that fit a filter, newest first.
  Page<Report> list(Scope scope, Filter filter, Page.Part part);

  /// Reports in scope that fit a choice, oldest first.
  ///
  /// @param most how many are wanted at most
  List<Report> choose(Scope scope, Choice choice, int most);

  /// Loads a report, lets a function decide, and stores all that it decided, or nothing.
  ///
  /// @param act as its history has it, if anything is stored
  /// @param decide given the report and how many of its owner's reports are active; called again if
  ///   the report changed meanwhile, so it does nothing else
  /// @return the report as it is now; empty if there is none in scope
  Optional<Report> change(
      Scope scope, ReportId id, Act act, BiFunction<Report, IntSupplier, Optional<Change>> decide);

  /// Forgets a report with its executions and all that is recorded of it but its history.
  ///
  /// @param act as its history has it
  /// @param clock says when, once its turn has come
  /// @return what there was; empty if there is none in scope
  Optional<Deleted> delete(Scope scope, ReportId id, Act act, InstantSource clock);

  /// What is decided of a report.
  record Change(Report after, Outcome.Moved moved) {
    /// The slot whose execution was under way and is to be stopped.
    Optional<Instant> cancelled() {
      return moved.skipped().stream()
          .filter(range -> range.reason() == Skipped.Reason.CANCELLED)
          .map(range -> range.slots().first())
          .findFirst();
    }
  }

  /// A report that is no more.
  ///
  /// @param results the keys of the files that it generated
  record Deleted(Report report, List<String> results) {
    public Deleted {
      results = List.copyOf(results);
    }
  }

  /// How many reports an owner has.
  interface Holdings {
    /// Those on a schedule that are active now.
    int active();

    /// Those that were made to run once, after an instant.
    int madeOnceAfter(Instant since);
  }

  /// Which of the reports that can be paused or resumed are chosen; what is empty chooses all.
  ///
  /// @param text part of the text of the query, in any casing
  record Choice(Optional<String> user, Optional<String> queryId, Optional<String> text) {}

  /// Which reports are asked for. An empty list asks for any; names match in any casing.
  record Filter(List<ReportId> ids, List<String> names, List<String> queryIds) {
    public Filter {
      ids = List.copyOf(ids);
      names = List.copyOf(names);
      queryIds = List.copyOf(queryIds);
    }
  }
}
