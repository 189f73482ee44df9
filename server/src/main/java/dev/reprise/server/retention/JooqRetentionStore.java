package dev.reprise.server.retention;

import static dev.reprise.server.store.JooqTables.EXECUTION;

import dev.reprise.server.delivery.ResultFile;
import dev.reprise.server.store.JooqStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record2;
import org.jooq.impl.DSL;

/// What is recorded of result files, in the tables of the store.
public final class JooqRetentionStore implements RetentionStore {
  private static final Condition KEPT =
      EXECUTION.resultKey.isNotNull().and(EXECUTION.removedAt.isNull());

  private final JooqStore store;

  public JooqRetentionStore(JooqStore store) {
    this.store = store;
  }

  @Override
  public long bytes() {
    return store.read(JooqRetentionStore::bytes);
  }

  private static long bytes(DSLContext dsl) {
    return Optional.ofNullable(
            dsl.select(DSL.sum(EXECUTION.bytes)).from(EXECUTION).where(KEPT).fetchOne(0))
        .map(sum -> ((Number) sum).longValue())
        .orElse(0L);
  }

  @Override
  public List<String> removeBefore(Instant end, int most, Instant now) {
    return store.write(dsl -> {
      List<String> keys =
          oldest(dsl, EXECUTION.endedAt.lt(end), most).stream().map(Record2::value1).toList();
      remove(dsl, keys, now);
      return keys;
    });
  }

  @Override
  public List<String> removeOver(long bytes, int most, Instant now) {
    return store.write(dsl -> {
      List<String> keys = new ArrayList<>();
      long left = bytes(dsl) - bytes; // Here, or two nodes would each remove as much.
      for (Record2<String, Long> file : oldest(dsl, DSL.noCondition(), most)) {
        if (left <= 0) {
          break;
        }
        keys.add(file.value1());
        left -= file.value2();
      }
      remove(dsl, keys, now);
      return keys;
    });
  }

  private static List<Record2<String, Long>> oldest(DSLContext dsl, Condition which, int most) {
    return dsl.select(EXECUTION.resultKey, EXECUTION.bytes)
        .from(EXECUTION)
        .where(KEPT)
        .and(which)
        .orderBy(EXECUTION.endedAt)
        .limit(most)
        .fetch();
  }

  private static void remove(DSLContext dsl, List<String> keys, Instant now) {
    dsl.update(EXECUTION).set(EXECUTION.removedAt, now).where(EXECUTION.id.in(ids(keys))).execute();
  }

  @Override
  public Set<String> kept(List<String> keys) {
    return store.read(dsl ->
        Stream.concat(recorded(dsl, keys).stream(), underWay(dsl, keys).stream())
            .collect(Collectors.toSet()));
  }

  private static List<String> recorded(DSLContext dsl, List<String> keys) {
    return dsl.select(EXECUTION.resultKey)
        .from(EXECUTION)
        .where(KEPT)
        .and(EXECUTION.id.in(ids(keys)))
        .fetch(EXECUTION.resultKey);
  }

  /// Those of executions that may be about to be recorded, however long that takes.
  private static List<String> underWay(DSLContext dsl, List<String> keys) {
    Set<UUID> running =
        dsl.select(EXECUTION.id)
            .from(EXECUTION)
            .where(EXECUTION.status.eq("RUNNING"))
            .and(EXECUTION.id.in(ids(keys)))
            .fetchSet(EXECUTION.id);
    return keys.stream().filter(key -> running.contains(ResultFile.execution(key))).toList();
  }

  private static List<UUID> ids(List<String> keys) {
    return keys.stream().map(ResultFile::execution).toList();
  }
}
