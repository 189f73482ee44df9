package dev.reprise.server.world;

import static dev.reprise.server.store.JooqTables.EXECUTION;
import static dev.reprise.server.store.JooqTables.SKIPPED;

import dev.reprise.server.store.JooqStore;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// Rows that nothing has led to, where there have to be many.
public final class Rows {
  private Rows() {}

  /// The files of a report's executions, removed as for their age.
  public static void removeResult(JooqStore store, String report, Instant now) {
    store.write(dsl ->
        dsl.update(EXECUTION)
            .set(EXECUTION.removedAt, now)
            .where(EXECUTION.reportId.eq(UUID.fromString(report)))
            .execute());
  }

  /// Failed executions of a report, the newest a step before an instant.
  public static void addFailed(
      JooqStore store, String report, int count, Instant before, Duration step) {
    store.write(dsl -> {
      for (int n = 1; n <= count; n++) {
        dsl.insertInto(EXECUTION)
            .set(EXECUTION.id, UUID.randomUUID())
            .set(EXECUTION.reportId, UUID.fromString(report))
            .set(EXECUTION.slot, before.minus(step.multipliedBy(n)))
            .set(EXECUTION.status, "FAILED")
            .set(EXECUTION.attempt, 1)
            .execute();
      }
      return count;
    });
  }

  /// Ranges of two skipped slots each, one and two hours after such executions.
  public static void addSkipped(
      JooqStore store, String report, int count, Instant before, Duration step) {
    store.write(dsl -> {
      for (int n = 1; n <= count; n++) {
        Instant at = before.minus(step.multipliedBy(n));
        dsl.insertInto(SKIPPED)
            .set(SKIPPED.reportId, UUID.fromString(report))
            .set(SKIPPED.first, at.plus(Duration.ofHours(1)))
            .set(SKIPPED.last, at.plus(Duration.ofHours(2)))
            .set(SKIPPED.slots, 2L)
            .set(SKIPPED.reason, "PAUSED")
            .execute();
      }
      return count;
    });
  }
}
