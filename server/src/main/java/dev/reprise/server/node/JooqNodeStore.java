package dev.reprise.server.node;

import static dev.reprise.server.store.JooqTables.EXECUTION;
import static dev.reprise.server.store.JooqTables.KEPT_FILES;
import static dev.reprise.server.store.JooqTables.NODE;

import dev.reprise.server.store.JooqStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Nodes in the tables of the store.
public final class JooqNodeStore implements NodeStore {
  private final JooqStore store;
  private final InstantSource clock;

  public JooqNodeStore(JooqStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public void enter(UUID id, Node.Identity identity) {
    store.write(dsl -> {
      Instant now = clock.instant(); // In the transaction, so that none before it was later.
      return dsl.insertInto(NODE)
          .set(NODE.id, id)
          .set(NODE.place, identity.place())
          .set(NODE.name, identity.name())
          .set(NODE.startedAt, now)
          .set(NODE.seenAt, now)
          .set(NODE.leaseUntil, now.plus(identity.lease()))
          .execute();
    });
  }

  @Override
  public Beat beat(UUID id, Node.Identity identity, BooleanSupplier removing) {
    return store.write(dsl -> {
      Instant now = clock.instant();
      boolean isThere =
          dsl.update(NODE)
                  .set(NODE.seenAt, now)
                  .set(NODE.leaseUntil, now.plus(identity.lease()))
                  .where(NODE.id.eq(id))
                  .execute()
              > 0;
      List<Node> dead =
          removing.getAsBoolean()
              ? all(dsl).stream().filter(node -> node.until().isBefore(now)).toList()
              : List.of();
      dead.forEach(node -> remove(dsl, node.id()));
      return new Beat(isThere, all(dsl), dead);
    });
  }

  @Override
  public void remove(UUID id) {
    store.write(dsl -> remove(dsl, id));
  }

  private static int remove(DSLContext dsl, UUID id) {
    return dsl.deleteFrom(NODE).where(NODE.id.eq(id)).execute();
  }

  @Override
  public List<Node> all() {
    return store.read(JooqNodeStore::all);
  }

  private static List<Node> all(DSLContext dsl) {
    return dsl.selectFrom(NODE).orderBy(NODE.id).fetch(JooqNodeStore::node);
  }

  private static Node node(Record row) {
    return new Node(
        row.get(NODE.id),
        row.get(NODE.place),
        row.get(NODE.name),
        row.get(NODE.startedAt),
        row.get(NODE.seenAt),
        row.get(NODE.leaseUntil));
  }

  @Override
  public boolean hasResults() {
    return store.read(dsl ->
        dsl.fetchExists(
            DSL.selectOne()
                .from(EXECUTION)
                .where(EXECUTION.resultKey.isNotNull().and(EXECUTION.removedAt.isNull()))));
  }

  @Override
  public Optional<String> mark() {
    return store.read(dsl -> dsl.selectFrom(KEPT_FILES).fetchOptional(KEPT_FILES.mark));
  }

  @Override
  public void keepMark(String mark) {
    store.write(dsl ->
        dsl.insertInto(KEPT_FILES)
            .set(KEPT_FILES.id, DSL.inline(1))
            .set(KEPT_FILES.mark, mark)
            .execute());
  }
}
