package dev.reprise.server.history;

import static dev.reprise.server.store.JooqTables.HISTORY;
import static dev.reprise.server.store.JooqTables.HISTORY_HEAD;
import static dev.reprise.server.store.JooqTables.REPORT;

import dev.reprise.server.history.HistoryStore.Head;
import dev.reprise.server.setting.StartRefused;
import dev.reprise.server.setting.StoreAddress;
import dev.reprise.server.store.JooqSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Checks all histories of a store, a page of reports at a time.
public final class JooqAudit {
  private static final int PAGE = 500;
  private static final String ID_SHAPE =
      Stream.of(8, 4, 4, 4, 12).map("[0-9a-f]"::repeat).collect(Collectors.joining("-"));

  private static final String SOUND = "sound";

  private final Audit audit;
  private Optional<String> last = Optional.empty();

  private JooqAudit(Audit audit) {
    this.audit = audit;
  }

  /// Reads all that there is and changes nothing; a service may run meanwhile.
  ///
  /// @param faults told in words what is wrong
  /// @throws StartRefused if they cannot be read
  public static Audit.Result run(Path data, Consumer<String> faults) {
    return run(() -> JooqSnapshot.open(data), data.toString(), faults);
  }

  /// As [#run(Path, Consumer)], of a store on a server.
  public static Audit.Result run(StoreAddress store, Consumer<String> faults) {
    return run(() -> JooqSnapshot.open(store), store.toString(), faults);
  }

  private static Audit.Result run(
      Supplier<JooqSnapshot> opening, String place, Consumer<String> faults) {
    var audit = new Audit(faults);
    try (var store = opening.get()) {
      store.read(JooqAudit::strays).forEach(audit::stray);
      var pages = new JooqAudit(audit);
      boolean more = true;
      while (more) {
        more = store.read(pages::page);
      }
    } catch (StartRefused e) {
      throw e;
    } catch (RuntimeException e) { // In a file that is spoiled there may be anything.
      throw new StartRefused("The histories in " + place + " cannot be read: " + why(e), e);
    }
    return audit.result();
  }

  private static String why(Throwable e) {
    Throwable first = e;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      first = cause;
    }
    return String.valueOf(first.getMessage()).replaceAll("\\R", " ");
  }

  /// @return whether there are reports after these
  private boolean page(DSLContext dsl) {
    List<String> ids = ids(dsl);
    if (ids.isEmpty()) {
      return false;
    }
    Map<String, Head> heads = new HashMap<>();
    dsl.selectFrom(HISTORY_HEAD)
        .where(among(dsl, HISTORY_HEAD.reportId, ids))
        .and(isOf(dsl, HISTORY_HEAD.sequence, "integer"))
        .and(isOf(dsl, HISTORY_HEAD.hash, "text"))
        .forEach(row ->
            heads.put(row.get(HISTORY_HEAD.reportId).toString(), JooqHistoryStore.head(row)));
    var reports =
        dsl.select(text(REPORT.id))
            .from(REPORT)
            .where(among(dsl, REPORT.id, ids))
            .fetchSet(text(REPORT.id));
    try (Cursor<Record> entries = entries(dsl, ids)) {
      Optional<Record> row = Optional.ofNullable(entries.fetchNext());
      for (String id : ids) {
        audit.begin(id, Optional.ofNullable(heads.get(id)), reports.contains(id));
        while (row.filter(next -> next.get(HISTORY.reportId).toString().equals(id)).isPresent()) {
          if (row.get().get(SOUND, Boolean.class)) {
            audit.entry(JooqHistoryStore.entry(row.get()));
          } else {
            audit.spoiled();
          }
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
  private List<String> ids(DSLContext dsl) {
    return Stream.of(REPORT.id, HISTORY_HEAD.reportId, HISTORY.reportId)
        .flatMap(id -> after(dsl, id).stream())
        .distinct()
        .sorted()
        .limit(PAGE)
        .toList();
  }

  private List<String> after(DSLContext dsl, TableField<Record, UUID> id) {
    return dsl.selectDistinct(text(id))
        .from(id.getTable())
        .where(isId(dsl, id))
        .and(last.map(text(id)::gt).orElseGet(DSL::noCondition))
        .orderBy(text(id))
        .limit(PAGE)
        .fetch(text(id));
  }

  /// What stands in the place of an id and is none.
  private static SortedSet<String> strays(DSLContext dsl) {
    var strays = new TreeSet<String>();
    for (var id : List.of(REPORT.id, HISTORY_HEAD.reportId, HISTORY.reportId)) {
      dsl.selectDistinct(text(id))
          .from(id.getTable())
          .where(DSL.not(isId(dsl, id)))
          .forEach(row -> strays.add(String.valueOf(row.value1())));
    }
    return strays;
  }

  /// An id as it is stored, whether it is one or not.
  private static Field<String> text(TableField<Record, UUID> id) {
    return id.coerce(SQLDataType.VARCHAR);
  }

  /// Whether an entry has only what entries are written with: a file would take other things, which
  /// read like them and so have the same hash.
  private static Condition sound(DSLContext dsl) {
    return Stream.of(HISTORY.who, HISTORY.what, HISTORY.previousHash, HISTORY.hash)
        .map(field -> isOf(dsl, field, "text"))
        .reduce(DSL.noCondition(), Condition::and)
        .and(
            Stream.of(HISTORY.reason, HISTORY.client, HISTORY.before, HISTORY.after)
                .map(field -> isOf(dsl, field, "text", "null"))
                .reduce(DSL.noCondition(), Condition::and))
        .and(isOf(dsl, HISTORY.sequence, "integer"))
        .and(DSL.condition("{0} between 1 and 2147483647", HISTORY.sequence))
        .and(isOf(dsl, HISTORY.at, "integer"))
        .and(DSL.condition("{0} between 0 and 253402300799000", HISTORY.at))
        .and(DSL.condition("{0} % 1000 = 0", HISTORY.at));
  }

  private static Condition isId(DSLContext dsl, Field<?> id) {
    return isTyped(dsl)
        ? DSL.trueCondition()
        : isOf(dsl, id, "text").and(DSL.condition("{0} glob {1}", id, DSL.inline(ID_SHAPE)));
  }

  private static Condition among(DSLContext dsl, TableField<Record, UUID> id, List<String> ids) {
    return isId(dsl, id).and(text(id).between(ids.getFirst(), ids.getLast()));
  }

  private static Condition isOf(DSLContext dsl, Field<?> field, String... types) {
    return isTyped(dsl)
        ? DSL.trueCondition()
        : DSL.field("typeof({0})", String.class, field).in(types);
  }

  /// Whether a column holds nothing but values of its type.
  private static boolean isTyped(DSLContext dsl) {
    return dsl.dialect() == SQLDialect.POSTGRES;
  }

  private static Cursor<Record> entries(DSLContext dsl, List<String> ids) {
    var fields = new ArrayList<Field<?>>(List.of(HISTORY.fields()));
    fields.add(DSL.field(sound(dsl)).as(SOUND));
    return dsl.select(fields)
        .from(HISTORY)
        .where(among(dsl, HISTORY.reportId, ids))
        .orderBy(HISTORY.reportId, HISTORY.sequence)
        .fetchLazy();
  }
}
