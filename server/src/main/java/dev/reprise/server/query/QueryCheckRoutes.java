package dev.reprise.server.query;

import dev.reprise.api.ErrorCode;
import dev.reprise.query.Fault;
import dev.reprise.query.QueryLanguage;
import dev.reprise.server.dataset.Catalog;
import dev.reprise.server.dataset.Program;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.Calls;
import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.RequestBody;
import io.helidon.http.Method;
import java.util.List;
import java.util.stream.Collectors;

/// The call that says what is wrong with a query text, and where; nothing runs.
public final class QueryCheckRoutes {
  private final Catalog catalog;

  public QueryCheckRoutes(Catalog catalog) {
    this.catalog = catalog;
  }

  public void addTo(Calls calls) {
    calls.own(Method.POST, "/reprise/v1/queries:check", "checking the query", this::check);
  }

  private List<Field> check(Call call) {
    RequestBody body = call.body();
    String name = body.required("program");
    Program program =
        catalog.program(name).orElseThrow(() -> ErrorCode.VALUE_INVALID.because(unknown(name)));
    String text = body.text("query").orElse("");
    List<Fault> faults = QueryLanguage.faults(text, program);
    if (faults.isEmpty()) {
      Queries.check(text, program, call.caller());
    }
    return List.of(new Field("faults", faults.stream().map(QueryCheckRoutes::view).toList()));
  }

  private String unknown(String name) {
    String known = catalog.programs().stream().map(Program::name).collect(Collectors.joining(", "));
    return "there is no program " + name + ", only " + known;
  }

  private static List<Field> view(Fault fault) {
    return List.of(
        new Field("code", fault.code().name()),
        new Field("message", fault.message()),
        new Field("line", fault.line()),
        new Field("column", fault.column()),
        new Field("length", fault.length()),
        new Field("suggestion", fault.suggestion().orElse(null)));
  }
}
