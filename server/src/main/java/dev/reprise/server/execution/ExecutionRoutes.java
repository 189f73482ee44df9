package dev.reprise.server.execution;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Limits;
import dev.reprise.server.dataset.Program;
import dev.reprise.server.dataset.ProgramFile;
import dev.reprise.server.dataset.Programs;
import dev.reprise.server.dataset.Views;
import dev.reprise.server.execution.Execution.Status;
import dev.reprise.server.execution.ExecutionStore.Filter;
import dev.reprise.server.execution.ExecutionView.Link;
import dev.reprise.server.report.Report;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.report.ReportStore;
import dev.reprise.server.report.Scope;
import dev.reprise.server.wire.Answer;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.Calls;
import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.Parameters;
import dev.reprise.server.wire.WireProfile;
import io.helidon.http.Method;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The call on executions: what has run, and where its files are.
public final class ExecutionRoutes {
  private final ReportStore reports;
  private final ExecutionStore executions;
  private final Programs programs;
  private final LinkMaker links;
  private final InstantSource clock;
  private final Views<ExecutionView> views;

  public ExecutionRoutes(
      ReportStore reports,
      ExecutionStore executions,
      Programs programs,
      LinkMaker links,
      InstantSource clock) {
    this.reports = reports;
    this.executions = executions;
    this.programs = programs;
    this.links = links;
    this.clock = clock;
    this.views = programs.views(ProgramFile.Look::executionFields, ExecutionView.VALUES);
  }

  public void addTo(Calls calls) {
    programs.on(
        calls,
        Method.GET,
        "/ScheduledReport/execution/{reportId}",
        "getting the executions",
        this::list);
  }

  private Answer list(Call call, Program program) {
    Scope scope = Scope.of(program.name(), call.caller());
    Report report =
        call.segment("reportId")
            .flatMap(ReportId::parse)
            .flatMap(id -> reports.find(scope, id))
            .orElseThrow(ErrorCode.EXECUTION_NOT_FOUND::refuse);
    Parameters parameters = call.parameters();
    Set<UUID> ids = ids(parameters);
    boolean latest = ids.isEmpty() && parameters.flag("getLatestExecution", true);
    Optional<Instant> since =
        latest ? Optional.empty() : Optional.of(clock.instant().minus(Limits.EXECUTIONS_LISTED));
    var filter = new Filter(ids, statuses(parameters), since);
    List<Execution> found =
        latest
            ? executions.list(report.id(), filter, 0, 1)
            : executions.list(report.id(), filter, parameters.skip(), Limits.EXECUTIONS_PER_ANSWER);
    if (found.isEmpty() && showsAnyStatus(call)) {
      var any = new Filter(ids, EnumSet.allOf(Status.class), since);
      found = executions.list(report.id(), any, 0, 1);
    }
    if (found.isEmpty()) {
      throw ErrorCode.EXECUTION_NOT_FOUND.refuse();
    }
    Answer answer =
        Answer.of(
            found.stream().map(execution -> view(execution, report, call, program)).toList(),
            "Report executions fetched successfully");
    return latest ? answer : part(answer, report, filter, call);
  }

  private Answer part(Answer answer, Report report, Filter filter, Call call) {
    int end = call.parameters().skip() + answer.value().size();
    int all = Math.max(end, executions.count(report.id(), filter));
    return answer.partOf(
        all, end < all ? Optional.of(call.link(Parameters.SKIP, end)) : Optional.empty());
  }

  private List<Field> view(Execution execution, Report report, Call call, Program program) {
    Optional<Link> link =
        execution.result().map(file -> links.link(file, execution, report, call.baseUrl()));
    var view = new ExecutionView(execution, report, link, call.profile());
    return views.of(view, program, call.version());
  }

  private static boolean showsAnyStatus(Call call) {
    return call.profile() == WireProfile.LIVE
        && call.parameters().text("executionStatus").isEmpty();
  }

  private static Set<Status> statuses(Parameters parameters) {
    Set<Status> statuses = EnumSet.noneOf(Status.class);
    for (String text : parameters.list("executionStatus")) {
      statuses.add(Status.of(text).orElseThrow(() -> ErrorCode.VALUE_UNKNOWN.refuse(text)));
    }
    return statuses.isEmpty() ? EnumSet.of(Status.COMPLETED) : statuses;
  }

  private static Set<UUID> ids(Parameters parameters) {
    List<String> texts = parameters.list("executionId");
    Set<UUID> ids = new HashSet<>();
    for (String text : texts) {
      ReportId.parse(text).ifPresent(id -> ids.add(id.value()));
    }
    if (ids.isEmpty() && !texts.isEmpty()) {
      throw ErrorCode.EXECUTION_NOT_FOUND.refuse();
    }
    return ids;
  }
}
