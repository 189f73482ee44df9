package dev.reprise.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tables that the code knows are the tables that the migrations make.
@Tag("store")
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
            JooqTables.CALLBACK_SECRET,
            JooqTables.NODE,
            JooqTables.KEPT_FILES);
    try (var store = Stores.open(folder)) {
      List<Table<?>> stored =
          store.read(dsl -> dsl.meta().getTables()).stream()
              .filter(table -> !isOthers(table))
              .toList();
      assertThat(names(stored.stream().map(Table::getName)))
          .isEqualTo(names(tables.stream().map(Table::getName)));
      for (Table<?> table : tables) {
        Table<?> made =
            stored.stream()
                .filter(one -> one.getName().equals(table.getName()))
                .findFirst()
                .orElseThrow();
        assertThat(names(made.fieldStream().map(Field::getName)))
            .as(table.getName())
            .isEqualTo(names(table.fieldStream().map(Field::getName)));
      }
    }
  }

  /// What Flyway and the database keep for themselves.
  private static boolean isOthers(Table<?> table) {
    String schema = table.getSchema() == null ? "" : table.getSchema().getName();
    return table.getName().startsWith("flyway")
        || table.getName().startsWith("sqlite")
        || schema.equals("pg_catalog")
        || schema.equals("information_schema");
  }

  /// A number of each row that SQLite has without being asked.
  private static SortedSet<String> names(Stream<String> names) {
    return names
        .filter(name -> !name.equals("rowid"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
