package dev.reprise.server.store;

import static dev.reprise.server.store.JooqKept.given;
import static dev.reprise.server.store.JooqTables.EXECUTION;
import static dev.reprise.server.store.JooqTables.SAVED_QUERY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JooqKeptTest {
  private static final Instant MONDAY = Instant.parse("2026-01-05T06:00:00Z");
  private static final JooqKept INSERT =
      new JooqKept(DSL.insertInto(SAVED_QUERY).set(given(List.of(SAVED_QUERY.fields()))));
  private static final JooqKept OF_OWNER =
      new JooqKept(
          DSL.selectFrom(SAVED_QUERY)
              .where(SAVED_QUERY.owner.eq(given(SAVED_QUERY.owner)))
              .orderBy(SAVED_QUERY.id),
          SAVED_QUERY.fields());
  private static final JooqKept DESCRIBE =
      new JooqKept(
          DSL.update(SAVED_QUERY)
              .set(SAVED_QUERY.description, given(SAVED_QUERY.description))
              .where(SAVED_QUERY.owner.eq(given(SAVED_QUERY.owner))));

  @TempDir private Path folder;
  private JooqStore store;

  @BeforeEach
  void open() {
    store = JooqStore.open(folder.resolve("reprise.db"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void valuesComeBackAsTheyWereGivenEachTimeItRuns() {
    assertThat(insert("1", "ada", "first")).isEqualTo(1);
    assertThat(insert("2", "ada", null)).isEqualTo(1);
    assertThat(insert("3", "grace", "GİRİŞ ı \uD83D\uDE00")).isEqualTo(1);
    List<Record> rows = store.read(dsl -> OF_OWNER.list(dsl, row -> row, "ada"));
    assertThat(rows).extracting(row -> row.get(SAVED_QUERY.id)).containsExactly("1", "2");
    assertThat(rows)
        .extracting(row -> row.get(SAVED_QUERY.description))
        .containsExactly("first", null);
    assertThat(rows).extracting(row -> row.get(SAVED_QUERY.createdAt)).containsOnly(MONDAY);
    assertThat(description("grace")).isEqualTo("GİRİŞ ı \uD83D\uDE00");
  }

  @Test
  void itSaysHowManyRowsItMet() {
    insert("1", "ada", null);
    insert("2", "ada", null);
    assertThat(store.<Integer>write(dsl -> DESCRIBE.run(dsl, "both", "ada"))).isEqualTo(2);
    assertThat(store.<Integer>write(dsl -> DESCRIBE.run(dsl, "none", "linus"))).isZero();
    assertThat(description("ada")).isEqualTo("both");
  }

  @Test
  void whatIsWrittenIsSeenByEveryReaderAtOnce() {
    insert("1", "ada", "0");
    for (int i = 1; i <= 20; i++) {
      String text = Integer.toString(i);
      store.write(dsl -> DESCRIBE.run(dsl, text, "ada"));
      assertThat(description("ada")).isEqualTo(text);
    }
  }

  @Test
  void aRuleOfTheTablesIsToldFromAStoreThatFails() {
    insert("1", "ada", null);
    assertThatThrownBy(() -> insert("1", "ada", null))
        .isInstanceOf(IntegrityConstraintViolationException.class);
    assertThat(insert("2", "ada", null)).isEqualTo(1);
    assertThatThrownBy(() -> store.read(dsl -> DESCRIBE.run(dsl, "x", "ada")))
        .isInstanceOf(DataAccessException.class)
        .isNotInstanceOf(IntegrityConstraintViolationException.class)
        .hasMessageContaining("update saved_query");
  }

  @Test
  void itRunsAgainAfterTheWriterHadToStartAfresh() {
    insert("1", "ada", "before");
    store.write(dsl -> dsl.execute("create table filler (bytes blob)"));
    store.write(dsl -> dsl.execute("pragma max_page_count = 60"));
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                store.write(dsl -> dsl.execute("insert into filler values (zeroblob(4000))"));
              }
            })
        .rootCause()
        .hasMessageContaining("full");
    store.write(dsl -> DESCRIBE.run(dsl, "after", "ada"));
    assertThat(description("ada")).isEqualTo("after");
  }

  @Test
  void aWrongNumberOfValuesIsRefused() {
    assertThatThrownBy(() -> store.read(dsl -> OF_OWNER.list(dsl, row -> row)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 values for select");
  }

  @Test
  void aReportHasOneExecutionThatWaits() {
    UUID report = UUID.randomUUID();
    assertThatThrownBy(() ->
            store.write(dsl -> {
              dsl.execute("pragma defer_foreign_keys = on");
              for (String status : List.of("PENDING", "PAUSED")) {
                dsl.insertInto(EXECUTION)
                    .set(EXECUTION.id, UUID.randomUUID())
                    .set(EXECUTION.reportId, report)
                    .set(EXECUTION.slot, MONDAY.plusSeconds(status.length()))
                    .set(EXECUTION.status, status)
                    .set(EXECUTION.attempt, 0)
                    .execute();
              }
              return true;
            }))
        .isInstanceOf(IntegrityConstraintViolationException.class)
        .hasMessageContaining("execution.report_id");
  }

  @Test
  void aStatementThatWasClosedIsPreparedAfresh() {
    insert("1", "ada", "first");
    var broken = new JooqKept(DSL.selectFrom(DSL.table("nothing")), SAVED_QUERY.fields());
    for (int i = 0; i < 20; i++) { // More often than there are readers.
      assertThatThrownBy(() -> store.read(dsl -> broken.list(dsl, row -> row)))
          .isInstanceOf(DataAccessException.class);
    }
    assertThat(description("ada")).isEqualTo("first");
  }

  private int insert(String id, String owner, @Nullable String description) {
    return store.write(dsl ->
        INSERT.run(
            dsl, id, "cmp", "contoso", owner, "name", "name", description, "SELECT", MONDAY));
  }

  private @Nullable String description(String owner) {
    return store
        .read(dsl -> OF_OWNER.find(dsl, row -> row, owner))
        .orElseThrow()
        .get(SAVED_QUERY.description);
  }
}
