package dev.reprise.server.store;

import static dev.reprise.server.store.JooqTables.TEST_CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JooqStoreTest {
  @TempDir private Path folder;
  private JooqStore store;

  @BeforeEach
  void open() {
    store = JooqStore.open(folder.resolve("reprise.db"));
    store.write(dsl -> add(dsl, 0));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatIsWrittenIsReadAndThereAfterReopening() {
    store.write(dsl -> add(dsl, 5));
    assertThat(count()).isEqualTo(5);
    store.close();
    store = JooqStore.open(folder.resolve("reprise.db"));
    assertThat(count()).isEqualTo(5);
  }

  @Test
  void aFullDiskIsTroubleThatEndsByItself() {
    store.write(dsl -> dsl.execute("create table large (bytes blob)"));
    assertThat(store.trouble()).isEmpty();
    store.write(dsl -> dsl.fetch("pragma max_page_count = 1")); // Until it connects again.
    assertThatThrownBy(
            () -> store.write(dsl -> dsl.execute("insert into large values (zeroblob(1000000))")))
        .isInstanceOf(StoreException.class);
    assertThat(store.trouble()).contains("the disk is full");
    assertThat(Stream.generate(store::trouble).limit(10_000_000).anyMatch(Optional::isEmpty))
        .isTrue();
  }

  @Test
  void theLogStaysShortWhileManyWrite() throws Exception {
    store.write(dsl -> dsl.execute("create table large (bytes blob)"));
    Callable<Integer> change =
        () -> store.write(dsl -> dsl.execute("insert into large values (randomblob(100000))"));
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> done : callers.invokeAll(Collections.nCopies(3_000, change))) {
        assertThat(done.get()).isEqualTo(1);
      }
    }
    assertThat(Files.size(folder.resolve("reprise.db"))).isGreaterThan(150_000_000);
    assertThat(Files.size(folder.resolve("reprise.db-wal"))).isLessThan(150_000_000);
  }

  @Test
  void aChangeThatThrowsLeavesNothingAndOthersOfItsCommitStand() throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> changes = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        boolean fails = i % 3 == 0;
        changes.add(() ->
            store.write(dsl -> {
              int written = add(dsl, 1);
              if (fails) {
                throw new IllegalStateException("on purpose");
              }
              return written;
            }));
      }
      int failed = 0;
      for (Future<Integer> change : callers.invokeAll(changes)) {
        if (change.state() == Future.State.FAILED) {
          assertThat(change.exceptionNow()).hasMessage("on purpose");
          failed++;
        }
      }
      assertThat(failed).isEqualTo(67);
      assertThat(count()).isEqualTo(200 - 67);
    }
  }

  @Test
  void aFullDiskRefusesAndLaterChangesAreDurableAgain() {
    store.write(dsl -> dsl.execute("create table filler (bytes blob)"));
    store.write(dsl -> dsl.execute("pragma max_page_count = 60"));
    assertThatThrownBy(() -> fill(200)).rootCause().hasMessageContaining("full");
    store.write(dsl -> add(dsl, 3));
    assertThat(count()).isEqualTo(3);
    store.write(dsl -> add(dsl, 4));
    assertThat(count()).isEqualTo(7);
  }

  private void fill(int rows) {
    for (int i = 0; i < rows; i++) {
      store.write(dsl -> dsl.execute("insert into filler values (zeroblob(4000))"));
    }
  }

  @Test
  void readersCannotWrite() {
    assertThatThrownBy(() -> store.read(dsl -> add(dsl, 1))).hasMessageContaining("readonly");
    assertThat(count()).isZero();
  }

  @Test
  void moreReadersThanConnectionsWaitForTheirTurn() throws Exception {
    store.write(dsl -> add(dsl, 7));
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Long>> reads = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        boolean fails = i % 2 == 0;
        reads.add(() ->
            store.read(dsl -> {
              if (fails) {
                throw new IllegalStateException("on purpose");
              }
              return count(dsl);
            }));
      }
      for (Future<Long> read : callers.invokeAll(reads)) {
        if (read.state() == Future.State.FAILED) {
          assertThat(read.exceptionNow()).hasMessage("on purpose");
        } else {
          assertThat(read.resultNow()).isEqualTo(7);
        }
      }
    }
  }

  @Test
  void aClosedStoreSaysSo() {
    store.close();
    assertThatThrownBy(this::count)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> store.write(dsl -> add(dsl, 1)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
  }

  private long count() {
    return store.read(JooqStoreTest::count);
  }

  private static long count(DSLContext dsl) {
    return dsl.selectFrom(TEST_CLOCK)
        .fetchOptional(TEST_CLOCK.standsAt)
        .map(Instant::toEpochMilli)
        .orElse(0L);
  }

  private static int add(DSLContext dsl, int amount) {
    Instant after = Instant.ofEpochMilli(count(dsl) + amount);
    return dsl.insertInto(TEST_CLOCK)
        .set(TEST_CLOCK.id, 1)
        .set(TEST_CLOCK.standsAt, after)
        .onConflict(TEST_CLOCK.id)
        .doUpdate()
        .set(TEST_CLOCK.standsAt, after)
        .execute();
  }
}
