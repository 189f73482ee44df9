package dev.reprise.server.query;

import dev.reprise.server.query.SavedQuery.Owner;
import java.util.List;
import java.util.Optional;

/// What saved queries need of storage.
public interface QueryStore {
  /// Keeps a query, unless its owner has `limit` of them in this program already.
  ///
  /// @return whether it was kept
  boolean insert(SavedQuery query, int limit);

  /// The queries of an owner in a program, newest first.
  List<SavedQuery> list(String program, Owner owner);

  /// Forgets a query; reports that use it keep its text.
  ///
  /// @return whether there was one
  boolean delete(String program, Owner owner, String id);

  /// The query with this id, if it is this owner's.
  Optional<SavedQuery> find(String program, Owner owner, String id);
}
