package dev.reprise.server.report;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Limits;
import dev.reprise.api.RefusedException;
import dev.reprise.schedule.State;
import dev.reprise.server.access.Caller;
import dev.reprise.server.report.ReportStore.Choice;
import dev.reprise.server.report.Reports.Changed;
import dev.reprise.server.wire.Times;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pauses and resumes many reports, each in a transaction of its own: what one of them refuses
/// keeps nothing from the others.
public final class ManyReports {
  private static final Logger LOG = LoggerFactory.getLogger(ManyReports.class);

  private final Reports reports;
  private final ReportStore store;
  private final ReportDataset dataset;

  public ManyReports(Reports reports, ReportStore store, ReportDataset dataset) {
    this.reports = reports;
    this.store = store;
    this.dataset = dataset;
  }

  List<Row> pause(ReportFilter filter, PauseOptions options, Caller caller) {
    Scope scope = Scope.ofAllPrograms(caller);
    return each(filter, scope, id -> row(reports.pause(id, options, scope, caller)));
  }

  List<Row> resume(ReportFilter filter, ResumeOptions options, Caller caller) {
    Scope scope = Scope.ofAllPrograms(caller);
    return each(filter, scope, id -> row(reports.resume(id, options, scope, caller)));
  }

  private List<Row> each(ReportFilter filter, Scope scope, Function<ReportId, Row> change) {
    return filter
        .reportIds()
        .map(ids -> named(ids, filter, scope, change))
        .orElseGet(() ->
            chosen(filter, scope).stream().map(report -> changed(report.id(), change)).toList());
  }

  private List<Row> named(
      List<String> ids, ReportFilter filter, Scope scope, Function<ReportId, Row> change) {
    refuseMore(ids.size());
    return distinct(ids).stream()
        .map(text ->
            ReportId.parse(text)
                .filter(
                    id -> store.find(scope, id).filter(report -> fits(report, filter)).isPresent())
                .map(id -> changed(id, change))
                .orElseGet(() -> Row.error(text, ErrorCode.ITEM_NOT_FOUND.refuse())))
        .toList();
  }

  /// Each report once, where it is first named, however its id is written.
  private static Collection<String> distinct(List<String> texts) {
    Map<Object, String> first = new LinkedHashMap<>();
    texts.forEach(
        text -> first.putIfAbsent(ReportId.parse(text).<Object>map(id -> id).orElse(text), text));
    return first.values();
  }

  private List<Report> chosen(ReportFilter filter, Scope scope) {
    var wanted = new Scope(filter.program(), scope.tenant(), scope.user());
    var choice = new Choice(filter.user(), filter.queryId(), filter.dataset());
    List<Report> found = store.choose(wanted, choice, Limits.REPORTS_AT_ONCE + 1);
    refuseMore(found.size());
    return found.stream().filter(report -> fits(report, filter)).toList();
  }

  private static void refuseMore(int size) {
    if (size > Limits.REPORTS_AT_ONCE) {
      throw ErrorCode.TOO_MANY_REPORTS.refuse(Limits.REPORTS_AT_ONCE);
    }
  }

  private boolean fits(Report report, ReportFilter filter) {
    return filter.program().filter(name -> !name.equals(report.owner().program())).isEmpty()
        && filter.user().filter(name -> !name.equals(report.owner().user())).isEmpty()
        && filter
            .queryId()
            .filter(id -> !id.equalsIgnoreCase(report.definition().queryId()))
            .isEmpty()
        && filter.dataset().filter(name -> !name.equalsIgnoreCase(dataset.of(report))).isEmpty();
  }

  private static Row changed(ReportId id, Function<ReportId, Row> change) {
    try {
      return change.apply(id);
    } catch (RefusedException refused) {
      return Row.error(id.toString(), refused);
    } catch (RuntimeException e) {
      LOG.error("Report {} could not be paused or resumed with others", id, e);
      return new Row(
          id.toString(), "error", "Internal error", Optional.of(ErrorCode.INTERNAL_ERROR));
    }
  }

  private static Row row(Changed changed) {
    Report report = changed.report();
    String state =
        switch (report.state()) {
          case State.Active active -> "active";
          case State.Paused paused -> "paused";
          case State.Inactive inactive -> "inactive";
        };
    String status = changed.changed() ? state : "already " + state;
    return new Row(report.id().toString(), status, message(report), Optional.empty());
  }

  /// Since when, by whom and why it is paused.
  private static String message(Report report) {
    return report.state() instanceof State.Paused paused
        ? report
            .pause()
            .map(note ->
                "paused since %s by %s%s"
                    .formatted(
                        Times.format(paused.since()),
                        note.user(),
                        note.reason().map(reason -> ": " + reason).orElse("")))
            .orElse("")
        : "";
  }

  /// What became of one report.
  ///
  /// @param status active, paused or inactive; with `already` before it if nothing changed; or
  ///   error
  /// @param code of the error
  record Row(String reportId, String status, String message, Optional<ErrorCode> code) {
    static Row error(String reportId, RefusedException refused) {
      return new Row(reportId, "error", refused.text(), Optional.of(refused.code()));
    }
  }
}
