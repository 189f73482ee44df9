package dev.reprise.server.retention;

import static dev.reprise.server.store.JooqTables.EXECUTION;

import dev.reprise.server.delivery.ResultFile;
import dev.reprise.server.store.JooqStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    return store.read(dsl ->
        Optional.ofNullable(
                dsl.select(DSL.sum(EXECUTION.bytes)).from(EXECUTION).where(KEPT).fetchOne(0))
            .map(sum -> ((Number) sum).longValue())
            .orElse(0L));
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
  public List<String> removeOldest(long bytes, int most, Instant now) {
    return store.write(dsl -> {
      List<String> keys = new ArrayList<>();
      long left = bytes;
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
    dsl.update(EXECUTION)
        .set(EXECUTION.removedAt, now)
        .where(EXECUTION.id.in(keys.stream().map(ResultFile::execution).toList()))
        .execute();
  }

  @Override
  public Set<String> kept(List<String> keys) {
    return store.read(dsl ->
        dsl.select(EXECUTION.resultKey)
            .from(EXECUTION)
            .where(KEPT)
            .and(EXECUTION.id.in(keys.stream().map(ResultFile::execution).toList()))
            .fetchSet(EXECUTION.resultKey));
  }
}
