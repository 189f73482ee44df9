package dev.reprise.server.store;

import static dev.reprise.server.store.JooqTables.EXECUTION;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.impl.DSL;

/// The result files that a store says are kept.
public final class JooqReferences {
  private static final int PAGE = 1_000;

  private JooqReferences() {}

  /// Tells all of them, in the order of their keys.
  public static void each(JooqSnapshot store, Consumer<Reference> told) {
    Optional<String> last = Optional.empty();
    List<Reference> page = page(store, last);
    while (!page.isEmpty()) {
      page.forEach(told);
      last = Optional.of(page.getLast().key());
      page = page(store, last);
    }
  }

  private static List<Reference> page(JooqSnapshot store, Optional<String> after) {
    return store.read(dsl ->
        dsl.select(EXECUTION.resultKey, EXECUTION.bytes, EXECUTION.sha256)
            .from(EXECUTION)
            .where(EXECUTION.resultKey.isNotNull())
            .and(EXECUTION.removedAt.isNull())
            .and(after.map(EXECUTION.resultKey::gt).orElseGet(DSL::noCondition))
            .orderBy(EXECUTION.resultKey)
            .limit(PAGE)
            .fetch(row -> new Reference(row.value1(), row.value2(), row.value3())));
  }

  /// A file by its key, and what it has to be.
  public record Reference(String key, long bytes, String sha256) {}
}
