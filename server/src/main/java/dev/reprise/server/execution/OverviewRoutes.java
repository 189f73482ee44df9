package dev.reprise.server.execution;

import dev.reprise.schedule.Lifecycle;
import dev.reprise.schedule.Progress;
import dev.reprise.schedule.State;
import dev.reprise.server.execution.RecentStore.Run;
import dev.reprise.server.report.Definition;
import dev.reprise.server.report.Report;
import dev.reprise.server.report.ReportDataset;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.report.ReportStore;
import dev.reprise.server.report.Scope;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.Calls;
import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.Page;
import dev.reprise.server.wire.Times;
import io.helidon.http.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The call that lists reports of all programs: where each stands, and how its last executions
/// went.
public final class OverviewRoutes {
  private final ReportStore reports;
  private final RecentStore recent;
  private final ReportDataset dataset;

  public OverviewRoutes(ReportStore reports, RecentStore recent, ReportDataset dataset) {
    this.reports = reports;
    this.recent = recent;
    this.dataset = dataset;
  }

  public void addTo(Calls calls) {
    calls.own(Method.GET, "/reprise/v1/reports", "listing the reports", this::list);
  }

  private List<Field> list(Call call) {
    List<String> asked = call.parameters().list("reportId");
    List<ReportId> ids = asked.stream().flatMap(id -> ReportId.parse(id).stream()).toList();
    if (!asked.isEmpty() && ids.isEmpty()) { // No id would ask for all.
      return answer(call, Page.of(List.of()));
    }
    var filter = new ReportStore.Filter(ids, List.of(), List.of());
    Scope scope = Scope.ofAllPrograms(call.caller());
    return answer(call, reports.list(scope, filter, call.part()));
  }

  private List<Field> answer(Call call, Page<Report> page) {
    Map<ReportId, List<Run>> runs = recent.recent(page.records().stream().map(Report::id).toList());
    Map<String, String> datasets = new HashMap<>(); // Reports share queries.
    List<List<Field>> rows = new ArrayList<>();
    for (Report report : page.records()) {
      Definition definition = report.definition();
      String key = report.owner().program() + " " + definition.queryText();
      String name = datasets.computeIfAbsent(key, text -> dataset.of(report));
      rows.add(view(report, name, runs.getOrDefault(report.id(), List.of())));
    }
    List<Field> answer = new ArrayList<>();
    answer.add(new Field("reports", rows));
    answer.add(new Field("total", page.total()));
    int end = call.parameters().skip() + rows.size();
    if (end < page.total() && !rows.isEmpty()) {
      answer.add(new Field("nextLink", call.linkAfter(end)));
    }
    return answer;
  }

  private static List<Field> view(Report report, String dataset, List<Run> runs) {
    Definition definition = report.definition();
    State state = report.state();
    Optional<Long> interval =
        definition.once() ? Optional.empty() : Optional.of(report.schedule().interval().toHours());
    return List.of(
        new Field("reportId", report.id().toString()),
        new Field("program", report.owner().program()),
        new Field("name", definition.name()),
        new Field("user", report.owner().user()),
        new Field("dataset", dataset),
        new Field("format", definition.format().word()),
        new Field("interval", interval.orElse(null)),
        new Field("status", word(state)),
        new Field("running", state.running().map(run -> Times.format(run.slot())).orElse(null)),
        new Field("next", next(report).map(Times::format).orElse(null)),
        new Field("failures", state.progress().map(Progress::failures).orElse(0)),
        new Field("pause", pause(report)),
        new Field("runs", runs.reversed().stream().map(OverviewRoutes::view).toList()));
  }

  private static String word(State state) {
    return switch (state) {
      case State.Active active -> "active";
      case State.Paused paused -> "paused";
      case State.Inactive inactive -> "inactive";
    };
  }

  private static Optional<Instant> next(Report report) {
    return report.state() instanceof State.Active active
        ? Lifecycle.pending(active, report.schedule())
        : Optional.empty();
  }

  private static @Nullable List<Field> pause(Report report) {
    return report.state() instanceof State.Paused paused
        ? report
            .pause()
            .map(note ->
                List.of(
                    new Field("at", Times.format(paused.since())),
                    new Field("by", note.user()),
                    new Field("reason", note.reason().orElse(null)),
                    new Field("until", paused.until().map(Times::format).orElse(null)),
                    new Field(
                        "catchUp",
                        paused
                            .catchUp()
                            .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                            .orElse(null))))
            .orElse(null)
        : null;
  }

  private static List<Field> view(Run run) {
    Optional<Long> millis =
        run.endedAt()
            .flatMap(end -> run.startedAt().map(start -> Duration.between(start, end).toMillis()));
    return List.of(
        new Field("slot", Times.format(run.slot())),
        new Field("outcome", run.rows().isPresent() ? "completed" : "failed"),
        new Field("endedAt", run.endedAt().map(Times::format).orElse(null)),
        new Field("millis", millis.orElse(null)),
        new Field("rows", run.rows().orElse(null)));
  }
}
