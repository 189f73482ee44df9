package dev.reprise.server.query;

import static dev.reprise.server.store.JooqTables.SAVED_QUERY;

import dev.reprise.server.query.SavedQuery.Owner;
import dev.reprise.server.store.FoldedName;
import dev.reprise.server.store.JooqStore;
import dev.reprise.server.wire.Page;
import java.util.Locale;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;

/// Saved queries in the tables of the store.
public final class JooqQueryStore implements QueryStore {
  private final JooqStore store;

  public JooqQueryStore(JooqStore store) {
    this.store = store;
  }

  @Override
  public boolean insert(SavedQuery query, int limit) {
    Owner owner = query.owner().orElseThrow();
    return store.write(dsl -> {
      if (dsl.fetchCount(SAVED_QUERY, of(owner)) >= limit) {
        return false;
      }
      dsl.insertInto(SAVED_QUERY)
          .set(SAVED_QUERY.id, query.id())
          .set(SAVED_QUERY.program, query.program())
          .set(SAVED_QUERY.tenant, owner.tenant())
          .set(SAVED_QUERY.owner, owner.user())
          .set(SAVED_QUERY.name, query.name())
          .set(SAVED_QUERY.foldedName, FoldedName.of(query.name()))
          .set(SAVED_QUERY.description, query.description().orElse(null))
          .set(SAVED_QUERY.text, query.text())
          .set(SAVED_QUERY.createdAt, query.createdAt())
          .execute();
      return true;
    });
  }

  @Override
  public Optional<SavedQuery> find(String program, Owner owner, String id) {
    return store.read(dsl ->
        dsl.selectFrom(SAVED_QUERY)
            .where(of(program, owner).and(SAVED_QUERY.id.eq(id.toLowerCase(Locale.ROOT))))
            .fetchOptional(JooqQueryStore::read));
  }

  @Override
  public Page<SavedQuery> list(String program, Owner owner, Filter filter, Page.Part part) {
    Condition fits = of(program, owner);
    if (!filter.ids().isEmpty()) {
      fits =
          fits.and(
              SAVED_QUERY.id.in(
                  filter.ids().stream().map(id -> id.toLowerCase(Locale.ROOT)).toList()));
    }
    if (!filter.names().isEmpty()) {
      fits =
          fits.and(SAVED_QUERY.foldedName.in(filter.names().stream().map(FoldedName::of).toList()));
    }
    Condition all = fits;
    return store.read(dsl ->
        new Page<>(
            dsl.selectFrom(SAVED_QUERY)
                .where(all)
                .orderBy(SAVED_QUERY.createdAt.desc(), SAVED_QUERY.id)
                .limit(part.limit())
                .offset(part.skip())
                .fetch(JooqQueryStore::read),
            dsl.fetchCount(SAVED_QUERY, all)));
  }

  @Override
  public boolean delete(String program, Owner owner, String id) {
    return store.write(dsl ->
        dsl.deleteFrom(SAVED_QUERY)
                .where(of(program, owner).and(SAVED_QUERY.id.eq(id.toLowerCase(Locale.ROOT))))
                .execute()
            > 0);
  }

  private static SavedQuery read(Record row) {
    return new SavedQuery(
        row.get(SAVED_QUERY.id),
        row.get(SAVED_QUERY.program),
        Optional.of(new Owner(row.get(SAVED_QUERY.tenant), row.get(SAVED_QUERY.owner))),
        row.get(SAVED_QUERY.name),
        Optional.ofNullable(row.get(SAVED_QUERY.description)),
        row.get(SAVED_QUERY.text),
        row.get(SAVED_QUERY.createdAt));
  }

  private static Condition of(String program, Owner owner) {
    return of(owner).and(SAVED_QUERY.program.eq(program));
  }

  private static Condition of(Owner owner) {
    return SAVED_QUERY.tenant.eq(owner.tenant()).and(SAVED_QUERY.owner.eq(owner.user()));
  }
}
