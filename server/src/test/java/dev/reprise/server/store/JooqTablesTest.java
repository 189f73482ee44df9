package dev.reprise.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.jooq.Field;
import org.jooq.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tables that the code knows are the tables that the migrations make.
class JooqTablesTest {
  @Test
  void tablesHaveTheColumnsOfTheMigrations(@TempDir Path folder) {
    List<Table<?>> tables =
        List.of(
            JooqTables.SAVED_QUERY,
            JooqTables.REPORT,
            JooqTables.EXECUTION,
            JooqTables.SKIPPED,
            JooqTables.RIGHTS,
            JooqTables.HISTORY,
            JooqTables.HISTORY_HEAD,
            JooqTables.TEST_CLOCK,
            JooqTables.CALLBACK,
            JooqTables.CALLBACK_ATTEMPT,
            JooqTables.CALLBACK_SECRET);
    try (var store = JooqStore.open(folder.resolve("reprise.db"))) {
      for (Table<?> table : tables) {
        List<String> stored =
            store.read(dsl ->
                dsl.fetch("select name from pragma_table_info(?)", table.getName())
                    .getValues(0, String.class));
        assertThat(new TreeSet<>(stored))
            .as(table.getName())
            .isEqualTo(new TreeSet<>(table.fieldStream().map(Field::getName).toList()));
      }
      List<String> made =
          store.read(dsl ->
              dsl.fetch(
                      "select name from sqlite_master where type = 'table'"
                          + " and name not like 'flyway%' and name not like 'sqlite%'")
                  .getValues(0, String.class));
      assertThat(new TreeSet<>(made))
          .isEqualTo(new TreeSet<>(tables.stream().map(Table::getName).toList()));
    }
  }
}
