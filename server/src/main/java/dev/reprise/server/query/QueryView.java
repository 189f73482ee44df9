package dev.reprise.server.query;

import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.Times;
import java.util.List;

/// A saved query as callers see it.
final class QueryView {
  private QueryView() {}

  static List<Field> of(SavedQuery query) {
    return List.of(
        new Field("QueryId", query.id()),
        new Field("Name", query.name()),
        new Field("Description", query.description().orElse(null)),
        new Field("Query", query.text()),
        new Field("Type", query.owner().isPresent() ? "userDefined" : "system"),
        new Field("User", query.owner().map(SavedQuery.Owner::user).orElse(null)),
        new Field("CreatedTime", Times.format(query.createdAt())),
        new Field("ModifiedTime", null));
  }
}
