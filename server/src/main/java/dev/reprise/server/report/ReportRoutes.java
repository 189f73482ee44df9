package dev.reprise.server.report;

import dev.reprise.api.ErrorCode;
import dev.reprise.server.dataset.Program;
import dev.reprise.server.dataset.ProgramFile;
import dev.reprise.server.dataset.Programs;
import dev.reprise.server.dataset.Views;
import dev.reprise.server.report.ReportStore.Filter;
import dev.reprise.server.report.Reports.Changed;
import dev.reprise.server.report.Reports.Planned;
import dev.reprise.server.wire.Answer;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.Calls;
import dev.reprise.server.wire.Page;
import dev.reprise.server.wire.Parameters;
import io.helidon.http.Method;
import java.util.List;
import java.util.Optional;

/// The calls on reports.
public final class ReportRoutes {
  private static final String REPORTS = "/ScheduledReport";

  private final Reports reports;
  private final Programs programs;
  private final ReportLimits limits;
  private final Views<Report> views;

  public ReportRoutes(Reports reports, Programs programs, ReportLimits limits) {
    this.reports = reports;
    this.programs = programs;
    this.limits = limits;
    this.views = programs.views(ProgramFile.Look::reportFields, ReportView.VALUES);
  }

  public void addTo(Calls calls) {
    programs.on(calls, Method.POST, REPORTS, "creating the report", this::create);
    programs.on(calls, Method.GET, REPORTS, "getting the reports", this::list);
    for (String id : List.of("", "/{reportId}")) {
      programs.on(calls, Method.PUT, REPORTS + "/pause" + id, "pausing the report", this::pause);
      programs.on(calls, Method.PUT, REPORTS + "/resume" + id, "resuming the report", this::resume);
    }
    // After those above: pause and resume are no ids.
    programs.on(calls, Method.PUT, REPORTS + "/{reportId}", "updating the report", this::update);
    programs.on(calls, Method.DELETE, REPORTS + "/{reportId}", "deleting the report", this::delete);
  }

  private Answer create(Call call, Program program) {
    var order =
        CreateReport.read(
            call.body(), call.version(), call.profile(), limits.shortestIntervalHours());
    Report report = reports.create(order, program, call.caller());
    return answer(report, call, program, "Report created successfully");
  }

  private Answer list(Call call, Program program) {
    Parameters parameters = call.parameters();
    List<String> asked = parameters.list("reportId");
    var ids = asked.stream().map(ReportId::parse).flatMap(Optional::stream).toList();
    var filter = new Filter(ids, parameters.list("reportName"), parameters.list("queryId"));
    boolean all = asked.isEmpty() && filter.names().isEmpty() && filter.queryIds().isEmpty();
    boolean none = ids.isEmpty() && !asked.isEmpty();
    Page<Report> found =
        none ? new Page<>(List.of(), 0) : reports.list(filter, call.part(), program, call.caller());
    if (found.total() == 0 && !all) {
      throw ErrorCode.ITEM_NOT_FOUND.refuse();
    }
    return call.answer(
        found.map(report -> views.of(report, program, call.version())),
        "Reports fetched successfully");
  }

  private Answer update(Call call, Program program) {
    ReportId id = id(call);
    var order = new UpdateReport(call.body(), call.profile());
    Report report = reports.update(id, order, program, call.caller());
    return answer(report, call, program, "Report updated successfully");
  }

  private Answer delete(Call call, Program program) {
    Report report = reports.delete(id(call), program, call.caller());
    return answer(report, call, program, "Report deleted successfully");
  }

  private Answer pause(Call call, Program program) {
    ReportId id = id(call);
    PauseOptions options = PauseOptions.read(Options.of(call));
    Changed paused = reports.pause(id, options, scope(call, program), call.caller());
    return answer(
        paused.report(),
        call,
        program,
        paused.changed() ? "Report paused successfully" : "Report is already paused");
  }

  private Answer resume(Call call, Program program) {
    ReportId id = id(call);
    ResumeOptions options = ResumeOptions.read(Options.of(call));
    if (options.dryRun()) {
      Planned planned = reports.plan(id, options, scope(call, program), call.caller());
      return Answer.one(PlanView.of(planned), "Plan of the resume: nothing has changed");
    }
    Changed resumed = reports.resume(id, options, scope(call, program), call.caller());
    return answer(
        resumed.report(),
        call,
        program,
        resumed.changed() ? "Report resumed successfully" : "Report is already active");
  }

  private static Scope scope(Call call, Program program) {
    return Scope.of(program.name(), call.caller());
  }

  private Answer answer(Report report, Call call, Program program, String message) {
    return Answer.one(views.of(report, program, call.version()), message);
  }

  /// The id in the path or, as one public page has it, in the query string.
  private static ReportId id(Call call) {
    Optional<String> path = call.segment("reportId");
    Optional<String> parameter = call.parameters().text("reportId");
    if (path.isPresent()
        && parameter.isPresent()
        && !path.get().equalsIgnoreCase(parameter.get())) {
      throw ErrorCode.REPORT_ID_AMBIGUOUS.because(
          "the path says " + path.get() + " and the query string " + parameter.get());
    }
    String text =
        path.or(() -> parameter)
            .orElseThrow(() -> ErrorCode.VALUE_MISSING.because("reportId is required"));
    return ReportId.parse(text)
        .orElseThrow(() -> ErrorCode.ITEM_NOT_FOUND.because("reportId " + text));
  }
}
