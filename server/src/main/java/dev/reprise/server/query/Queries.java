package dev.reprise.server.query;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Limits;
import dev.reprise.query.CheckedQuery;
import dev.reprise.query.QueryLanguage;
import dev.reprise.server.access.Caller;
import dev.reprise.server.dataset.Program;
import dev.reprise.server.query.QueryStore.Filter;
import dev.reprise.server.query.SavedQuery.Owner;
import dev.reprise.server.rights.Rights;
import dev.reprise.server.wire.Page;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Saves queries that can be run, and finds them again.
public final class Queries {
  private final QueryStore store;
  private final SystemQueries systemQueries;
  private final Rights rights;
  private final InstantSource clock;
  private final int limit;

  /// @param limit the most queries that a user may have, in all programs
  public Queries(
      QueryStore store,
      SystemQueries systemQueries,
      Rights rights,
      InstantSource clock,
      int limit) {
    this.store = store;
    this.systemQueries = systemQueries;
    this.rights = rights;
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

  /// A part of the queries that a caller can use and that fit a filter: its own, newest first, then
  /// the system's.
  ///
  /// @param kinds which of the two are wanted
  public Page<SavedQuery> list(
      Filter filter, Kinds kinds, Page.Part part, Program program, Caller caller) {
    Page<SavedQuery> own =
        kinds.own()
            ? store.list(program.name(), owner(caller), filter, part)
            : new Page<>(List.of(), 0);
    List<SavedQuery> system =
        kinds.system()
            ? systemQueries.of(program.name()).stream().filter(filter::fits).toList()
            : List.of();
    Stream<SavedQuery> rest = system.stream().skip(Math.max(0, part.skip() - own.total()));
    return new Page<>(
        Stream.concat(own.records().stream(), rest).limit(part.limit()).toList(),
        own.total() + system.size());
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

  /// A user as a caller, with the rights with which queries run for it.
  public Caller caller(String tenant, String user) {
    return rights.of(tenant, user);
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

  /// Whose queries are wanted.
  ///
  /// @param own whether the caller's own are
  /// @param system whether the system's are
  public record Kinds(boolean own, boolean system) {}

  /// What a caller asks to be kept.
  public record CreateQuery(String name, Optional<String> description, String text) {}
}
