package dev.reprise.server.execution;

import static dev.reprise.server.store.JooqTables.EXECUTION;
import static dev.reprise.server.store.JooqTables.SKIPPED;

import dev.reprise.query.Window;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.store.JooqStore;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;

/// Proofs from the tables of the store.
public final class JooqProofStore implements ProofStore {
  private final JooqStore store;

  public JooqProofStore(JooqStore store) {
    this.store = store;
  }

  @Override
  public Optional<Proof> find(UUID execution) {
    return store.read(dsl ->
        dsl.selectFrom(EXECUTION)
            .where(EXECUTION.id.eq(execution))
            .fetchOptional(row -> proof(dsl, row)));
  }

  private static Proof proof(DSLContext dsl, Record row) {
    UUID report = row.get(EXECUTION.reportId);
    Optional<Instant> mergedFrom =
        dsl.select(SKIPPED.first)
            .from(SKIPPED)
            .where(SKIPPED.reportId.eq(report).and(SKIPPED.into.eq(row.get(EXECUTION.slot))))
            .orderBy(SKIPPED.first)
            .limit(1)
            .fetchOptional(SKIPPED.first);
    return new Proof(
        new ReportId(report),
        JooqExecutionRows.read(row),
        row.get(EXECUTION.attempt),
        Optional.ofNullable(row.get(EXECUTION.startedAt)),
        mergedFrom,
        new Window(
            Optional.ofNullable(row.get(EXECUTION.windowFrom)),
            Optional.ofNullable(row.get(EXECUTION.windowTo))));
  }
}
