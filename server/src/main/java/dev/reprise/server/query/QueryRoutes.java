package dev.reprise.server.query;

import dev.reprise.server.dataset.Programs;
import dev.reprise.server.query.Queries.CreateQuery;
import dev.reprise.server.wire.Answer;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.Calls;
import dev.reprise.server.wire.RequestBody;
import io.helidon.http.Method;

/// The calls on saved queries.
public final class QueryRoutes {
  private final Queries queries;
  private final Programs programs;

  public QueryRoutes(Queries queries, Programs programs) {
    this.queries = queries;
    this.programs = programs;
  }

  public void addTo(Calls calls) {
    programs.on(calls, Method.POST, "/ScheduledQueries", "creating the query", this::create);
  }

  private Answer create(Call call) {
    RequestBody body = call.body();
    var order =
        new CreateQuery(body.required("Name"), body.text("Description"), body.required("Query"));
    SavedQuery query = queries.create(order, programs.of(call), call.caller());
    return Answer.one(QueryView.of(query), "Query created successfully");
  }
}
