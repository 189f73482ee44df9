package dev.reprise.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Stores;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several writers of one database.
class JooqTurnTest {
  private static final int CHANGES = 200;

  @TempDir private Path folder;

  @Test
  void changesOfTwoNodesComeOneAfterAnotherAndTimeNeverGoesBackFromOneToTheNext() throws Exception {
    try (var first = shared();
        var second = shared();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      first.write(dsl -> dsl.execute("create table counter (n bigint, micros bigint)"));
      first.write(dsl -> dsl.execute("insert into counter values (0, 0)"));
      List<Callable<Boolean>> changes = new ArrayList<>();
      for (int i = 0; i < CHANGES; i++) {
        JooqStore store = i % 2 == 0 ? first : second;
        InstantSource clock = store.clock().orElseThrow();
        changes.add(() -> store.write(dsl -> count(dsl, clock.instant())));
      }
      for (Future<Boolean> wentOn : callers.invokeAll(changes)) {
        assertThat(wentOn.get()).isTrue();
      }
      assertThat(counted(second)).isEqualTo(CHANGES);
    }
  }

  /// Reads, then writes what follows from it.
  private static boolean count(DSLContext dsl, Instant now) {
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    var row = dsl.fetchSingle("select n, micros from counter");
    dsl.execute("update counter set n = ?, micros = ?", row.get("n", Long.class) + 1, micros);
    return micros >= row.get("micros", Long.class);
  }

  private static long counted(JooqStore store) {
    return store.read(dsl -> dsl.fetchSingle("select n from counter").get(0, Long.class));
  }

  @Test
  void whoStandsStillInTheMidstOfAChangeHoldsUpOthersForSecondsAndChangesNothingTwice()
      throws Exception {
    try (var still = shared();
        var other = shared();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      still.write(dsl -> dsl.execute("create table counter (n bigint)"));
      still.write(dsl -> dsl.execute("insert into counter values (0)"));
      var begun = new CountDownLatch(1);
      var done = new CountDownLatch(1);
      Future<Integer> change =
          callers.submit(() ->
              still.write(dsl -> {
                dsl.execute("update counter set n = n + 1");
                begun.countDown();
                await(done);
                return dsl.execute("update counter set n = n + 10");
              }));
      begun.await();
      assertThat(other.<Integer>write(dsl -> dsl.execute("update counter set n = n + 100")))
          .isEqualTo(1);
      done.countDown();
      assertThat(change.get()).isEqualTo(1);
      assertThat(counted(other)).isEqualTo(111);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private JooqStore shared() {
    return JooqStore.open(Stores.address(folder), StoreUse.SHARED);
  }
}
