package dev.reprise.server.query;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Limits;
import dev.reprise.query.CheckedQuery;
import dev.reprise.query.QueryLanguage;
import dev.reprise.server.access.Caller;
import dev.reprise.server.dataset.Program;
import dev.reprise.server.query.SavedQuery.Owner;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Saves queries that can be run, and finds them again.
public final class Queries {
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
    if (order.name().length() > Limits.NAME_CHARACTERS
        || order.description().filter(text -> text.length() > Limits.NAME_CHARACTERS).isPresent()) {
      throw ErrorCode.QUERY_NAME_TOO_LONG.refuse(Limits.NAME_CHARACTERS);
    }
    check(order.text(), program, caller);
    var query =
        new SavedQuery(
            UUID.randomUUID().toString(),
            program.name(),
            Optional.of(owner(caller)),
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
        .or(() -> store.find(program.name(), owner(caller), id));
  }

  /// The queries that a caller can use and that fit a filter: its own, newest first, then the
  /// system's.
  public List<SavedQuery> list(Filter filter, Program program, Caller caller) {
    List<SavedQuery> all = new ArrayList<>();
    if (filter.own()) {
      all.addAll(store.list(program.name(), owner(caller)));
    }
    if (filter.system()) {
      all.addAll(systemQueries.of(program.name()));
    }
    return all.stream().filter(filter::fits).toList();
  }

  /// Forgets a query of the caller's own; reports that use it keep its text.
  public SavedQuery delete(String id, Program program, Caller caller) {
    SavedQuery query =
        find(id, program, caller)
            .orElseThrow(() -> ErrorCode.ITEM_NOT_FOUND.because("queryId " + id));
    if (query.owner().isEmpty()) {
      throw ErrorCode.VALUE_INVALID.because("a system query cannot be deleted, such as " + id);
    }
    if (!store.delete(program.name(), owner(caller), id)) {
      throw ErrorCode.ITEM_NOT_FOUND.because("queryId " + id);
    }
    return query;
  }

  private static Owner owner(Caller caller) {
    return new Owner(caller.tenant(), caller.user());
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

  /// Which queries are asked for. An empty list asks for any; names match in any casing.
  ///
  /// @param own whether the caller's own are wanted
  /// @param system whether the system's are
  public record Filter(List<String> ids, List<String> names, boolean own, boolean system) {
    public Filter {
      ids = List.copyOf(ids);
      names = List.copyOf(names);
    }

    private boolean fits(SavedQuery query) {
      return (ids.isEmpty() || ids.stream().anyMatch(query.id()::equalsIgnoreCase))
          && (names.isEmpty() || names.stream().anyMatch(query.name()::equalsIgnoreCase));
    }
  }

  /// What a caller asks to be kept.
  public record CreateQuery(String name, Optional<String> description, String text) {}
}
