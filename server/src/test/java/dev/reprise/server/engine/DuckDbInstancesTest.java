package dev.reprise.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbInstancesTest {
  @TempDir private Path folder;
  private long nanos;

  @Test
  void filesThatComeGoOrChangeAreFoundAtOnce() throws Exception {
    try (var fixture = Fixture.in(folder, "CREATE TABLE \"Other\" (i INTEGER)")) {
      Path parts = Files.createDirectory(folder.resolve("parts"));
      add(parts.resolve("1.parquet"), 1);
      var instances = new DuckDbInstances(over(fixture.settings, parts), () -> nanos);
      assertThat(sum(instances)).isEqualTo(1);
      add(parts.resolve("2.parquet"), 2);
      assertThat(sum(instances)).isEqualTo(3);
      add(folder.resolve("new.parquet"), 4);
      Files.move(
          folder.resolve("new.parquet"),
          parts.resolve("2.parquet"),
          StandardCopyOption.REPLACE_EXISTING);
      assertThat(sum(instances)).isEqualTo(5);
      Files.delete(parts.resolve("1.parquet"));
      assertThat(sum(instances)).isEqualTo(4);
      assertThat(instances.idleCount()).isEqualTo(1);
      instances.close();
    }
  }

  /// What is kept of Parquet files is not that of the one before, though nobody has looked since.
  @Test
  void aParquetFileThatChangesAtTheLastMomentIsReadAsItIs() throws Exception {
    try (var fixture = Fixture.in(folder, "CREATE TABLE \"Other\" (i INTEGER)")) {
      Path parts = Files.createDirectory(folder.resolve("parts"));
      add(parts.resolve("1.parquet"), 1);
      var instances = new DuckDbInstances(over(fixture.settings, parts), () -> nanos);
      DuckDbInstance instance = instances.take();
      assertThat(sum(instance)).isEqualTo(1);
      add(folder.resolve("new.parquet"), 2);
      Files.setLastModifiedTime(
          folder.resolve("new.parquet"), Files.getLastModifiedTime(parts.resolve("1.parquet")));
      Files.move(
          folder.resolve("new.parquet"),
          parts.resolve("1.parquet"),
          StandardCopyOption.REPLACE_EXISTING);
      assertThat(sum(instance)).isEqualTo(2);
      instances.giveBack(instance, false, nanos);
      instances.close();
    }
  }

  @Test
  void aDuckDbFileMayBeReplacedByAnother() throws Exception {
    try (var fixture = Fixture.in(folder, "CREATE TABLE \"Other\" (i INTEGER)")) {
      Path file = folder.resolve("own.duckdb");
      table(file, 1);
      var own = new OwnTable("Sales", List.of("i"), file, "sales");
      var instances = new DuckDbInstances(with(fixture.settings, own), () -> nanos);
      assertThat(sum(instances)).isEqualTo(1);
      table(folder.resolve("new.duckdb"), 2);
      Files.move(folder.resolve("new.duckdb"), file, StandardCopyOption.REPLACE_EXISTING);
      assertThat(sum(instances)).isEqualTo(2);
      instances.close();
    }
  }

  @Test
  void oneThatIsUpToDateIsUsedAgain() throws Exception {
    try (var fixture = Fixture.in(folder, "CREATE TABLE \"Other\" (i INTEGER)")) {
      Path parts = Files.createDirectory(folder.resolve("parts"));
      add(parts.resolve("1.parquet"), 1);
      var instances = new DuckDbInstances(over(fixture.settings, parts), () -> nanos);
      DuckDbInstance first = instances.take();
      instances.giveBack(first, false, nanos);
      assertThat(instances.take()).isSameAs(first);
      nanos += 60_000_000_000L; // It streamed for a minute.
      instances.giveBack(first, true, 0);
      assertThat(instances.take()).isSameAs(first);
      instances.giveBack(first, false, 0);
      assertThat(instances.idleCount()).isZero();
      instances.close();
    }
  }

  @Test
  void nothingIsKeptOfOneWithMoreMemory() throws Exception {
    try (var fixture = Fixture.in(folder, "CREATE TABLE \"Other\" (i INTEGER)")) {
      var instances = new DuckDbInstances(fixture.settings.withMemory(1L << 30), () -> nanos);
      instances.giveBack(instances.take(), true, nanos);
      assertThat(instances.idleCount()).isZero();
      instances.close();
    }
  }

  private static EngineSettings over(EngineSettings settings, Path parts) {
    return with(settings, new OwnTable("Sales", List.of("i"), parts.resolve("*.parquet"), ""));
  }

  private static EngineSettings with(EngineSettings settings, OwnTable own) {
    return new EngineSettings(
        settings.datasets(),
        List.of(own),
        settings.staging(),
        settings.spill(),
        settings.memoryBytes(),
        settings.spillBytes(),
        settings.threads(),
        false,
        settings.idle());
  }

  private static void table(Path file, int value) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE sales AS SELECT " + value + " AS i");
    }
  }

  private static void add(Path file, int value) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute("COPY (SELECT " + value + " AS i) TO '" + file + "' (FORMAT parquet)");
    }
  }

  private int sum(DuckDbInstances instances) throws Exception {
    DuckDbInstance instance = instances.take();
    int found = sum(instance);
    instances.giveBack(instance, false, nanos);
    return found;
  }

  private static int sum(DuckDbInstance instance) throws Exception {
    String sql = "SELECT sum(i) FROM \"Sales\"";
    try (ResultSet row = instance.prepare(sql, List.of()).executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }
}
