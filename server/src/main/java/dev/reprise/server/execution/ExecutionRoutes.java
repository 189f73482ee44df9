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
import dev.reprise.server.wire.Page;
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
  private static final String FETCHED = "Report executions fetched successfully";

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
    if (!latest) {
      Page<Execution> found = executions.list(report.id(), filter, call.part());
      if (found.total() > 0) {
        return call.answer(found.map(execution -> view(execution, report, call, program)), FETCHED);
      }
    }
    Execution one =
        executions
            .latest(report.id(), filter)
            .or(() -> ofAnyStatus(report, filter, call))
            .orElseThrow(ErrorCode.EXECUTION_NOT_FOUND::refuse);
    return Answer.one(view(one, report, call, program), FETCHED);
  }

  /// Under the live profile, what is shown to a caller who asks for no status while none fits.
  private Optional<Execution> ofAnyStatus(Report report, Filter filter, Call call) {
    if (call.profile() != WireProfile.LIVE
        || call.parameters().text("executionStatus").isPresent()) {
      return Optional.empty();
    }
    var any = new Filter(filter.ids(), EnumSet.allOf(Status.class), filter.since());
    return executions.latest(report.id(), any);
  }

  private List<Field> view(Execution execution, Report report, Call call, Program program) {
    Optional<Link> link =
        execution.result().map(file -> links.link(file, execution, report, call.baseUrl()));
    var view = new ExecutionView(execution, report, link, call.profile());
    return views.of(view, program, call.version());
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
