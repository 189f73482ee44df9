package dev.reprise.server.clock;

import static dev.reprise.server.store.JooqTables.CALLBACK;
import static dev.reprise.server.store.JooqTables.REPORT;
import static dev.reprise.server.store.JooqTables.TEST_CLOCK;

import dev.reprise.server.store.JooqStore;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;

/// The test clock in the tables of the store.
public final class JooqClockStore implements ClockStore {
  private final JooqStore store;

  public JooqClockStore(JooqStore store) {
    this.store = store;
  }

  @Override
  public Optional<Instant> load() {
    return store.read(dsl -> dsl.selectFrom(TEST_CLOCK).fetchOptional(TEST_CLOCK.standsAt));
  }

  @Override
  public boolean move(Instant to, Runnable moved) {
    return store.write(dsl -> {
      if (dsl.fetchExists(REPORT, REPORT.wakeAt.lt(to))
          || dsl.fetchExists(CALLBACK, CALLBACK.dueAt.lt(to))) {
        return false;
      }
      save(dsl, to);
      moved.run();
      return true;
    });
  }

  @Override
  public void save(Instant now) {
    store.write(dsl -> save(dsl, now));
  }

  private static int save(DSLContext dsl, Instant now) {
    return dsl.insertInto(TEST_CLOCK)
        .set(TEST_CLOCK.id, 1)
        .set(TEST_CLOCK.standsAt, now)
        .onConflict(TEST_CLOCK.id)
        .doUpdate()
        .set(TEST_CLOCK.standsAt, now)
        .execute();
  }
}
