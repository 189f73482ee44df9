package dev.reprise.server.history;

import static dev.reprise.server.store.JooqTables.HISTORY;
import static dev.reprise.server.store.JooqTables.HISTORY_HEAD;
import static dev.reprise.server.store.JooqTables.REPORT;

import dev.reprise.server.history.HistoryStore.Head;
import dev.reprise.server.setting.StartRefused;
import dev.reprise.server.store.JooqSnapshot;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/// Checks all histories of a data directory, a page of reports at a time.
public final class JooqAudit {
  private static final int PAGE = 500;

  private final Audit audit;
  private Optional<UUID> last = Optional.empty();

  private JooqAudit(Audit audit) {
    this.audit = audit;
  }

  /// Reads all that there is and changes nothing; a service may run meanwhile.
  ///
  /// @param faults told in words what is wrong
  /// @throws StartRefused if they cannot be read
  public static Audit.Result run(Path data, Consumer<String> faults) {
    var audit = new Audit(faults);
    try (var store = JooqSnapshot.open(data)) {
      var pages = new JooqAudit(audit);
      boolean more = true;
      while (more) {
        more = store.read(pages::page);
      }
    } catch (DataAccessException e) {
      Object why = Optional.ofNullable(e.getCause()).map(Throwable::getMessage).orElse("");
      throw new StartRefused("The histories in " + data + " cannot be read: " + why, e);
    }
    return audit.result();
  }

  /// @return whether there are reports after these
  private boolean page(DSLContext dsl) {
    List<UUID> ids = ids(dsl);
    if (ids.isEmpty()) {
      return false;
    }
    Map<UUID, Head> heads = new HashMap<>();
    dsl.selectFrom(HISTORY_HEAD)
        .where(HISTORY_HEAD.reportId.between(ids.getFirst(), ids.getLast()))
        .forEach(row -> heads.put(row.get(HISTORY_HEAD.reportId), JooqHistoryStore.head(row)));
    var reports =
        dsl.select(REPORT.id)
            .from(REPORT)
            .where(REPORT.id.between(ids.getFirst(), ids.getLast()))
            .fetchSet(REPORT.id);
    try (Cursor<Record> entries = entries(dsl, ids)) {
      Optional<Record> row = Optional.ofNullable(entries.fetchNext());
      for (UUID id : ids) {
        audit.begin(id, Optional.ofNullable(heads.get(id)), reports.contains(id));
        while (row.filter(next -> next.get(HISTORY.reportId).equals(id)).isPresent()) {
          audit.entry(JooqHistoryStore.entry(row.get()));
          row = Optional.ofNullable(entries.fetchNext());
        }
        audit.end();
      }
    }
    last = Optional.of(ids.getLast());
    return true;
  }

  /// All that have something to do with a history, also those of which a part is gone; in the order
  /// of the store, which is that of their texts.
  private List<UUID> ids(DSLContext dsl) {
    return Stream.of(REPORT.id, HISTORY_HEAD.reportId, HISTORY.reportId)
        .flatMap(id -> after(dsl, id).stream())
        .distinct()
        .sorted(Comparator.comparing(UUID::toString))
        .limit(PAGE)
        .toList();
  }

  private List<UUID> after(DSLContext dsl, TableField<Record, UUID> id) {
    return dsl.selectDistinct(id)
        .from(id.getTable())
        .where(last.map(id::gt).orElseGet(DSL::noCondition))
        .orderBy(id)
        .limit(PAGE)
        .fetch(id);
  }

  private static Cursor<Record> entries(DSLContext dsl, List<UUID> ids) {
    return dsl.selectFrom(HISTORY)
        .where(HISTORY.reportId.between(ids.getFirst(), ids.getLast()))
        .orderBy(HISTORY.reportId, HISTORY.sequence)
        .fetchLazy();
  }
}
