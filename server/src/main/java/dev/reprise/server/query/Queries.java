package dev.reprise.server.query;

import dev.reprise.api.ErrorCode;
import dev.reprise.query.CheckedQuery;
import dev.reprise.query.QueryLanguage;
import dev.reprise.server.access.Caller;
import dev.reprise.server.dataset.Program;
import dev.reprise.server.query.SavedQuery.Owner;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Saves queries that can be run, and finds them again.
public final class Queries {
  /// The most characters of a name or a description.
  public static final int NAME_LIMIT = 256;

  private final QueryStore store;
  private final SystemQueries systemQueries;
  private final InstantSource clock;
  private final int limit;

  /// @param limit the most queries that a user may have in one program
  public Queries(QueryStore store, SystemQueries systemQueries, InstantSource clock, int limit) {
    this.store = store;
    this.systemQueries = systemQueries;
    this.clock = clock;
    this.limit = limit;
  }

  /// Keeps a query under a name.
  public SavedQuery create(CreateQuery order, Program program, Caller caller) {
    if (order.name().length() > NAME_LIMIT
        || order.description().filter(text -> text.length() > NAME_LIMIT).isPresent()) {
      throw ErrorCode.QUERY_NAME_TOO_LONG.refuse(NAME_LIMIT);
    }
    check(order.text(), program, caller);
    var query =
        new SavedQuery(
            UUID.randomUUID().toString(),
            program.name(),
            Optional.of(new Owner(caller.tenant(), caller.user())),
            order.name(),
            order.description(),
            order.text(),
            clock.instant());
    if (!store.insert(query, limit)) {
      throw ErrorCode.QUERY_QUOTA_EXCEEDED.because("the limit is " + limit);
    }
    return query;
  }

  /// The caller's own query or the system query with this id.
  public Optional<SavedQuery> find(String id, Program program, Caller caller) {
    return systemQueries
        .find(program.name(), id)
        .or(() -> store.find(program.name(), new Owner(caller.tenant(), caller.user()), id));
  }

  /// The query, if it is valid and the caller may run it.
  public static CheckedQuery check(String text, Program program, Caller caller) {
    CheckedQuery query = QueryLanguage.check(text, program);
    List<String> sensitive = query.sensitiveConditions();
    if (!caller.seesSensitive() && !sensitive.isEmpty()) {
      throw ErrorCode.COLUMN_SENSITIVE.because(
          "the role ReportViewer may not use "
              + String.join(", ", sensitive)
              + " in WHERE or ORDER BY");
    }
    return query;
  }

  /// What a caller asks to be kept.
  public record CreateQuery(String name, Optional<String> description, String text) {}
}
