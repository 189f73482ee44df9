package dev.reprise.server.query;

import dev.reprise.api.ErrorCode;
import dev.reprise.query.Window;
import dev.reprise.server.dataset.Program;
import dev.reprise.server.dataset.Programs;
import dev.reprise.server.query.Queries.CreateQuery;
import dev.reprise.server.query.Queries.Kinds;
import dev.reprise.server.query.QueryStore.Filter;
import dev.reprise.server.query.Trials.Trial;
import dev.reprise.server.wire.Answer;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.Calls;
import dev.reprise.server.wire.Page;
import dev.reprise.server.wire.Parameters;
import dev.reprise.server.wire.RequestBody;
import dev.reprise.server.wire.Times;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import java.time.Instant;
import java.util.Optional;

/// The calls on saved queries.
public final class QueryRoutes {
  private static final String QUERIES = "/ScheduledQueries";

  private final Queries queries;
  private final Trials trials;
  private final Programs programs;
  private final int tryRows;

  public QueryRoutes(Queries queries, Trials trials, Programs programs, int tryRows) {
    this.queries = queries;
    this.trials = trials;
    this.programs = programs;
    this.tryRows = tryRows;
  }

  public void addTo(Calls calls) {
    programs.on(calls, Method.POST, QUERIES, "creating the query", this::create);
    programs.on(calls, Method.GET, QUERIES, "getting the queries", this::list);
    programs.on(
        calls, Method.GET, QUERIES + "/testQueryResult", "trying the query", this::tryQuery);
    programs.on(calls, Method.DELETE, QUERIES + "/{queryId}", "deleting the query", this::delete);
  }

  private Answer create(Call call, Program program) {
    RequestBody body = call.body();
    var order =
        new CreateQuery(body.required("Name"), body.text("Description"), body.required("Query"));
    SavedQuery query = queries.create(order, program, call.caller());
    return Answer.one(QueryView.of(query), "Query created successfully");
  }

  private Answer list(Call call, Program program) {
    Parameters parameters = call.parameters();
    boolean onlySystem = parameters.flag("includeOnlySystemQueries", false);
    var kinds = new Kinds(!onlySystem, onlySystem || parameters.flag("includeSystemQueries", true));
    var filter = new Filter(parameters.list("queryId"), parameters.list("queryName"));
    Page<SavedQuery> found = queries.list(filter, kinds, call.part(), program, call.caller());
    if (found.total() == 0 && !filter.isEmpty()) {
      throw ErrorCode.ITEM_NOT_FOUND.refuse();
    }
    return call.answer(found.map(QueryView::of), "Queries fetched successfully");
  }

  private Answer delete(Call call, Program program) {
    String id = call.segment("queryId").orElse("");
    SavedQuery query = queries.delete(id, program, call.caller());
    return Answer.one(QueryView.of(query), "Query deleted successfully");
  }

  private Answer tryQuery(Call call, Program program) {
    String text = text(call, program);
    int limit = Math.min(tryRows, program.look(call.version()).tryRows().orElse(tryRows));
    Trial trial =
        trials
            .run(text, period(call), program, call.caller(), limit)
            .orElseThrow(() ->
                new CloseConnectionException("the client went away while its query was tried"));
    return Answer.of(TrialView.rows(trial), "Query tried successfully")
        .redactedIf(trial.redacted());
  }

  private String text(Call call, Program program) {
    Parameters parameters = call.parameters();
    return parameters
        .text("exportQuery")
        .or(() -> parameters.text("queryId").map(id -> saved(id, program, call)))
        .orElseThrow(() -> ErrorCode.VALUE_MISSING.because("exportQuery or queryId is required"));
  }

  private String saved(String id, Program program, Call call) {
    return queries
        .find(id, program, call.caller())
        .map(SavedQuery::text)
        .orElseThrow(() -> ErrorCode.QUERY_ID_INVALID.because("there is no " + id));
  }

  private static Optional<Window> period(Call call) {
    Optional<Instant> from = Times.parameter(call, "startTime");
    Optional<Instant> to = Times.parameter(call, "endTime");
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      throw ErrorCode.VALUE_INVALID.because("endTime should be greater than startTime");
    }
    return from.isEmpty() && to.isEmpty() ? Optional.empty() : Optional.of(new Window(from, to));
  }
}
