package dev.reprise.server.query;

import dev.reprise.server.query.SavedQuery.Owner;
import dev.reprise.server.wire.Page;
import java.util.List;
import java.util.Optional;

/// What saved queries need of storage.
public interface QueryStore {
  /// Keeps a query, unless its owner has `limit` of them already, in all programs.
  ///
  /// @return whether it was kept
  boolean insert(SavedQuery query, int limit);

  /// A part of the queries of an owner in a program that fit a filter, newest first.
  Page<SavedQuery> list(String program, Owner owner, Filter filter, Page.Part part);

  /// Forgets a query; reports that use it keep its text.
  ///
  /// @return whether there was one
  boolean delete(String program, Owner owner, String id);

  /// The query with this id, if it is this owner's.
  Optional<SavedQuery> find(String program, Owner owner, String id);

  /// Which queries are asked for. An empty list asks for any; ids and names match in any casing.
  record Filter(List<String> ids, List<String> names) {
    public Filter {
      ids = List.copyOf(ids);
      names = List.copyOf(names);
    }

    boolean isEmpty() {
      return ids.isEmpty() && names.isEmpty();
    }

    boolean fits(SavedQuery query) {
      return (ids.isEmpty() || ids.stream().anyMatch(query.id()::equalsIgnoreCase))
          && (names.isEmpty() || names.stream().anyMatch(query.name()::equalsIgnoreCase));
    }
  }
}
