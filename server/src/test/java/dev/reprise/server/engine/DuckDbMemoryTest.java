package dev.reprise.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbMemoryTest {
  private static final long MEMORY_BYTES = 128 << 20;
  private static final String ALL = "SELECT bit_xor(i) FROM \"Sales\""; // No statistics have it.
  private static final String SOME = "SELECT bit_xor(i) FROM (SELECT i FROM \"Sales\" LIMIT %d)";

  @TempDir private Path folder;
  private EngineSettings settings;

  /// A table that takes 160 MB, since nothing in it repeats.
  @BeforeEach
  void large() throws Exception {
    Path datasets = folder.resolve("datasets.duckdb");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + datasets);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE \"Sales\" AS SELECT hash(i) AS i FROM range(20000000) r (i)");
    }
    settings =
        new EngineSettings(
            datasets,
            List.of(),
            folder.resolve("temp"),
            folder.resolve("spill"),
            MEMORY_BYTES,
            MEMORY_BYTES,
            1,
            false,
            Duration.ofMinutes(1));
  }

  @Test
  void whatAStreamedRunHasReadIsLetGoOfAndItsLimitStays() throws Exception {
    try (var instance = DuckDbInstance.open(settings)) {
      instance.begin(true);
      read(instance);
      assertThat(kept(instance)).isGreaterThan(MEMORY_BYTES);
      instance.forgetRead();
      assertThat(kept(instance)).isZero();
      assertThat(limit(instance)).isEqualTo("384.0 MiB");
    }
  }

  @Test
  void whatIsNotMuchStays() throws Exception {
    try (var instance = DuckDbInstance.open(settings)) {
      instance.begin(true);
      one(instance, SOME.formatted(1_000_000));
      long some = kept(instance);
      assertThat(some).isBetween(1L << 20, 16L << 20);
      instance.forgetRead();
      assertThat(kept(instance)).isEqualTo(some);
    }
  }

  /// With nothing in use a limit of one byte would be taken, and the next run would fail.
  @Test
  void aLimitThatCannotBeKeptIsRefusedWhenNothingRuns() throws Exception {
    try (var memory = DriverManager.getConnection("jdbc:duckdb:");
        var statement = memory.createStatement()) {
      statement.execute("SET memory_limit = '1B'"); // What it is about: nothing refuses it.
    }
    try (var instance = DuckDbInstance.open(settings)) {
      instance.begin(true);
      read(instance);
      instance.forgetRead();
      for (int i = 0; i < 1000; i++) {
        assertThatThrownBy(() -> one(instance, "SET memory_limit = '1B'"))
            .hasMessageContaining("could not free up enough memory for the new limit");
      }
      assertThat(limit(instance)).isEqualTo("384.0 MiB");
    }
  }

  /// What is let go of while it is read is read again, also at the ends of short runs.
  @Test
  void runsFindTheSameWhileWhatTheyReadIsLetGoOf() throws Exception {
    try (var instance = DuckDbInstance.open(settings)) {
      instance.begin(true);
      String all = one(instance, ALL);
      String little = SOME.formatted(3_000_000); // 24 MB: more than may be kept.
      String some = one(instance, little);
      var over = new AtomicBoolean();
      Callable<Integer> forgetting =
          () -> {
            int times = 0;
            for (; !over.get(); times++) {
              instance.forgetRead();
            }
            return times;
          };
      try (var executor = Executors.newSingleThreadExecutor()) {
        var times = executor.submit(forgetting);
        try {
          for (int i = 0; i < 5; i++) {
            assertThat(one(instance, ALL)).isEqualTo(all);
            assertThat(kept(instance)).isLessThan(MEMORY_BYTES);
          }
          for (int i = 0; i < 200; i++) {
            assertThat(one(instance, little)).isEqualTo(some);
          }
        } finally {
          over.set(true);
        }
        assertThat(times.get()).isPositive();
      }
      assertThat(limit(instance)).isEqualTo("384.0 MiB");
    }
  }

  @Test
  void aRunThatSortsOrGroupsBooksLessAndIsLeftAlone() throws Exception {
    try (var instance = DuckDbInstance.open(settings)) {
      assertThat(limit(instance)).isEqualTo("128.0 MiB");
      instance.begin(true);
      read(instance);
      assertThat(limit(instance)).isEqualTo("384.0 MiB");
      instance.begin(false);
      assertThat(limit(instance)).isEqualTo("128.0 MiB");
      long all = kept(instance);
      assertThat(all).isBetween(16L << 20, MEMORY_BYTES);
      instance.forgetRead();
      assertThat(kept(instance)).isEqualTo(all);
      instance.begin(true);
      assertThat(limit(instance)).isEqualTo("384.0 MiB");
    }
  }

  private static void read(DuckDbInstance instance) throws SQLException {
    one(instance, ALL);
  }

  private static long kept(DuckDbInstance instance) throws SQLException {
    return Long.parseLong(
        one(instance, "SELECT memory_usage_bytes FROM duckdb_memory() WHERE tag = 'BASE_TABLE'"));
  }

  private static String limit(DuckDbInstance instance) throws SQLException {
    return one(instance, "SELECT current_setting('memory_limit')");
  }

  private static String one(DuckDbInstance instance, String sql) throws SQLException {
    try (ResultSet row = instance.prepare(sql, List.of()).executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }
}
