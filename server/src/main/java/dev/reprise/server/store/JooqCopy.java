package dev.reprise.server.store;

import static dev.reprise.server.store.JooqTables.CALLBACK;
import static dev.reprise.server.store.JooqTables.CALLBACK_ATTEMPT;
import static dev.reprise.server.store.JooqTables.CALLBACK_SECRET;
import static dev.reprise.server.store.JooqTables.EXECUTION;
import static dev.reprise.server.store.JooqTables.HISTORY;
import static dev.reprise.server.store.JooqTables.HISTORY_HEAD;
import static dev.reprise.server.store.JooqTables.REPORT;
import static dev.reprise.server.store.JooqTables.RIGHTS;
import static dev.reprise.server.store.JooqTables.SAVED_QUERY;
import static dev.reprise.server.store.JooqTables.SKIPPED;
import static dev.reprise.server.store.JooqTables.TEST_CLOCK;

import dev.reprise.server.setting.StartRefused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.InsertValuesStepN;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Table;

/// Copies all that one store keeps into another that keeps nothing yet, be it of the same kind or
/// not: as it was at one moment, and all of it or nothing.
///
/// - Limits: holds [#ROWS] rows at a time.
public final class JooqCopy {
  /// Each after those to which its rows belong. Nodes are not copied, since none serves a copy, nor
  /// is with which files the store belongs together: a copy has its own.
  private static final List<Table<Record>> TABLES =
      List.of(
          SAVED_QUERY,
          REPORT,
          EXECUTION,
          SKIPPED,
          RIGHTS,
          HISTORY,
          HISTORY_HEAD,
          TEST_CLOCK,
          CALLBACK,
          CALLBACK_ATTEMPT,
          CALLBACK_SECRET);

  private static final int ROWS = 200;

  private JooqCopy() {}

  /// Copies while others may write to the source.
  ///
  /// @return how many rows of each table
  /// @throws StartRefused if the target keeps something
  public static Map<String, Long> copy(JooqSnapshot from, JooqStore to) {
    return to.write(target -> {
      for (Table<Record> table : TABLES) {
        if (target.fetchExists(table)) {
          throw new StartRefused("There is something in the store to which to copy");
        }
      }
      return from.read(source -> {
        Map<String, Long> copied = new LinkedHashMap<>();
        TABLES.forEach(table -> copied.put(table.getName(), copy(source, target, table)));
        return copied;
      });
    });
  }

  /// How many rows each table of a store has.
  public static Map<String, Long> rows(JooqSnapshot store) {
    return store.read(dsl -> {
      Map<String, Long> rows = new LinkedHashMap<>();
      TABLES.forEach(table -> rows.put(table.getName(), (long) dsl.fetchCount(table)));
      return rows;
    });
  }

  private static long copy(DSLContext source, DSLContext target, Table<Record> table) {
    long copied = 0;
    try (Cursor<Record> rows =
        source.select(List.of(table.fields())).from(table).fetchSize(ROWS).fetchLazy()) {
      for (Result<Record> some = rows.fetchNext(ROWS);
          some.isNotEmpty();
          some = rows.fetchNext(ROWS)) {
        InsertValuesStepN<Record> insert =
            target.insertInto(table).columns(List.of(table.fields()));
        for (Record row : some) {
          insert = insert.values(new ArrayList<>(row.intoList()));
        }
        insert.execute();
        copied += some.size();
      }
    }
    return copied;
  }
}
