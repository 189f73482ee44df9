package dev.reprise.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

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
      one(instance, "SELECT bit_xor(i) FROM (SELECT i FROM \"Sales\" LIMIT 1000000)");
      long some = kept(instance);
      assertThat(some).isBetween(1L << 20, 16L << 20);
      instance.forgetRead();
      assertThat(kept(instance)).isEqualTo(some);
    }
  }

  /// What is let go of while it is read is read again.
  @Test
  void aRunFindsTheSameWhileWhatItReadsIsLetGoOf() throws Exception {
    try (var instance = DuckDbInstance.open(settings)) {
      instance.begin(true);
      String all = one(instance, "SELECT bit_xor(i) FROM \"Sales\"");
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
        for (int i = 0; i < 5; i++) {
          assertThat(one(instance, "SELECT bit_xor(i) FROM \"Sales\"")).isEqualTo(all);
        }
        over.set(true);
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
    one(instance, "SELECT bit_xor(i) FROM \"Sales\""); // No statistics have the answer.
  }

  private static long kept(DuckDbInstance instance) throws SQLException {
    return Long.parseLong(
        one(instance, "SELECT memory_usage_bytes FROM duckdb_memory() WHERE tag = 'BASE_TABLE'"));
  }

  private static String limit(DuckDbInstance instance) throws SQLException {
    return one(instance, "SELECT current_setting('memory_limit')");
  }

  private static String one(DuckDbInstance instance, String sql) throws SQLException {
    try (var statement = instance.prepare(sql, List.of());
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }
}
