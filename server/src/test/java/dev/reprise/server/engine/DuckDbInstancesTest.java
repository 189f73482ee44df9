package dev.reprise.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbInstancesTest {
  @TempDir private Path folder;
  private long nanos;

  @Test
  void filesThatComeAreFoundHoweverBusyTheEngineIs() throws Exception {
    try (var fixture = Fixture.in(folder, "CREATE TABLE \"Other\" (i INTEGER)")) {
      Path parts = Files.createDirectory(folder.resolve("parts"));
      add(parts.resolve("1.parquet"));
      var instances = new DuckDbInstances(over(fixture.settings, parts), () -> nanos);
      assertThat(count(instances)).isEqualTo(1);
      add(parts.resolve("2.parquet"));
      for (int second = 1; second < 60; second++) {
        nanos = second * 1_000_000_000L;
        assertThat(count(instances)).isEqualTo(1);
      }
      nanos = Fixture.MINUTE.toNanos();
      assertThat(count(instances)).isEqualTo(2);
      assertThat(instances.idleCount()).isEqualTo(1);
      instances.close();
    }
  }

  private static EngineSettings over(EngineSettings settings, Path parts) {
    return new EngineSettings(
        settings.datasets(),
        List.of(new OwnTable("Sales", List.of("i"), parts.resolve("*.parquet"), "")),
        settings.staging(),
        settings.spill(),
        settings.memoryBytes(),
        settings.spillBytes(),
        settings.threads(),
        false,
        settings.idle());
  }

  private static void add(Path file) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute("COPY (SELECT 1 AS i) TO '" + file + "' (FORMAT parquet)");
    }
  }

  private int count(DuckDbInstances instances) throws Exception {
    DuckDbInstance instance = instances.take();
    try (var statement = instance.prepare("SELECT count(*) FROM \"Sales\"", List.of());
        ResultSet row = statement.executeQuery()) {
      row.next();
      int found = row.getInt(1);
      instances.giveBack(instance, nanos);
      return found;
    }
  }
}
