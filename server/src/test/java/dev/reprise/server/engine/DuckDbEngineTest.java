package dev.reprise.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.api.Format;
import dev.reprise.query.Sql;
import java.io.BufferedReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbEngineTest {
  private static final String MILLION =
      "CREATE TABLE \"Sales\" AS SELECT i AS \"Id\", hash(i)::VARCHAR AS \"Name\" FROM"
          + " range(1300000) t(i)";
  private static final String SALES =
      "CREATE TABLE \"Sales\" AS SELECT i AS \"Id\", 'n' || i AS \"Name\" FROM range(1000) t(i)";

  @TempDir private Path folder;

  @Test
  void orderByHoldsOverMoreThanAMillionRowsOnTwoThreads() throws Exception {
    try (var fixture = Fixture.in(folder, MILLION)) {
      Path file = fixture.file("a.csv");
      Export export =
          fixture.csv("SELECT \"Name\", \"Id\" FROM \"Sales\" ORDER BY \"Name\" DESC", file);
      assertThat(export).isEqualTo(new Export.Done(1_300_000));
      long rows = 0;
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        assertThat(lines.readLine()).isEqualTo("Name,Id");
        String before = "~";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String name = line.substring(0, line.indexOf(','));
          if (before.compareTo(name) < 0) {
            throw new AssertionError(before + " before " + name);
          }
          before = name;
          rows++;
        }
      }
      assertThat(rows).isEqualTo(1_300_000);
    }
  }

  @Test
  void aQueryWithoutRowsGivesTheHeaderAlone() throws Exception {
    try (var fixture = Fixture.in(folder, SALES)) {
      assertThat(fixture.csvText("SELECT \"Id\", \"Name\" FROM \"Sales\" WHERE \"Id\" < 0"))
          .isEqualTo("Id,Name\n");
    }
  }

  @Test
  void valuesAreWrittenPlain() throws Exception {
    String sql =
        "SELECT 0.10::DECIMAL(18,2) AS a, -5::DECIMAL(18,2) AS b, 9999999999999999.99::DECIMAL(18,2)"
            + " AS c, -9223372036854775807::BIGINT AS d, sum(2::BIGINT) AS e, true AS f,"
            + " false AS g, DATE '2026-01-05' AS h, TIMESTAMP '2026-01-05 06:00:00' AS i,"
            + " NULL::VARCHAR AS j, '' AS k, sum(0.10::DECIMAL(18,2)) AS l";
    try (var fixture = Fixture.in(folder, SALES)) {
      assertThat(fixture.csvText(sql))
          .isEqualTo(
              """
              a,b,c,d,e,f,g,h,i,j,k,l
              0.10,-5.00,9999999999999999.99,-9223372036854775807,2,true,false,2026-01-05,\
              2026-01-05T06:00:00Z,,"",0.10
              """);
    }
  }

  @Test
  void boundTimesStayUtcWhateverTheZoneOfTheMachine() throws Exception {
    // In Pacific/Chatham, where the tests run, the second of them does not exist.
    try (var fixture = Fixture.in(folder, SALES)) {
      assertThat(
              fixture.csvText(
                  "SELECT ? AS a, ? AS b, ? AS c, typeof(?) AS d",
                  Instant.parse("2026-01-05T06:00:00Z"),
                  Instant.parse("2026-09-27T02:50:00Z"),
                  LocalDateTime.parse("2026-09-27T02:50:00"),
                  Instant.EPOCH))
          .isEqualTo(
              """
              a,b,c,d
              2026-01-05T06:00:00Z,2026-09-27T02:50:00Z,2026-09-27T02:50:00Z,TIMESTAMP
              """);
    }
  }

  @Test
  void boundValuesOfEveryTypeFindTheirRow() throws Exception {
    String table =
        "CREATE TABLE \"Odd\" AS SELECT 'it''s' AS s, 7::BIGINT AS n, 0.10::DECIMAL(18,2) AS d,"
            + " DATE '2026-01-05' AS day, TIMESTAMP '2026-01-05 06:00:00' AS t, true AS flag";
    try (var fixture = Fixture.in(folder, table)) {
      assertThat(
              fixture.csvText(
                  "SELECT n FROM \"Odd\" WHERE s = ? AND n = ? AND d = ? AND day = ? AND t = ? AND"
                      + " flag = ?",
                  "it's",
                  7L,
                  new BigDecimal("0.1"),
                  LocalDate.parse("2026-01-05"),
                  Instant.parse("2026-01-05T06:00:00Z"),
                  true))
          .isEqualTo("n\n7\n");
    }
  }

  @Test
  void rowsAreHandedOutAsValues() throws Exception {
    String sql =
        "SELECT \"Id\" AS a, \"Name\" AS b, 0.10::DECIMAL(18,2) AS c, DATE '2026-01-05' AS d,"
            + " TIMESTAMP '2026-09-27 02:50:00' AS e, true AS f, NULL::VARCHAR AS g FROM \"Sales\""
            + " ORDER BY \"Id\"";
    try (var fixture = Fixture.in(folder, SALES)) {
      Rows rows = fixture.engine.rows(fixture.sql(sql), 2, Fixture.MINUTE, new Cancel());
      assertThat(((Rows.Found) rows).rows())
          .containsExactly(row(0L, "n0"), row(1L, "n1"))
          .isUnmodifiable();
      assertThat(
              fixture.engine.rows(fixture.sql("SELECT x FROM y"), 2, Fixture.MINUTE, new Cancel()))
          .isEqualTo(new Rows.Failed(Problem.OTHER));
    }
  }

  private static List<Object> row(long id, String name) {
    return Arrays.asList(
        id,
        name,
        new BigDecimal("0.10"),
        LocalDate.parse("2026-01-05"),
        Instant.parse("2026-09-27T02:50:00Z"),
        true,
        null);
  }

  @Test
  void manyRunsAtOnceReadTheSameFile() throws Exception {
    try (var fixture = Fixture.in(folder, SALES);
        ExecutorService workers = Executors.newFixedThreadPool(6)) {
      List<Future<Export>> runs = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        Path file = fixture.file(i + ".csv");
        runs.add(workers.submit(() -> fixture.csv("SELECT * FROM \"Sales\"", file)));
      }
      for (Future<Export> run : runs) {
        assertThat(run.get()).isEqualTo(new Export.Done(1000));
      }
      assertThat(fixture.engine.idleInstances()).isBetween(1, 6);
    }
  }

  @Test
  void aCancelledRunEndsAndLeavesNoFile() throws Exception {
    try (var fixture = Fixture.in(folder, MILLION);
        ExecutorService workers = Executors.newFixedThreadPool(1)) {
      Path file = fixture.file("a.csv");
      var cancel = new Cancel();
      var sql = fixture.sql("SELECT a.\"Id\" FROM \"Sales\" a, \"Sales\" b");
      Future<Export> run =
          workers.submit(
              () -> fixture.engine.export(sql, file, Format.CSV, Fixture.MINUTE, cancel));
      while (Files.notExists(file) || Files.size(file) == 0) {
        Thread.onSpinWait();
      }
      cancel.request();
      assertThat(run.get()).isEqualTo(new Export.Failed(Problem.CANCELLED));
      assertThat(file).doesNotExist();
      assertThat(fixture.engine.idleInstances()).isZero();
    }
  }

  @Test
  void aRunSaysHowFarItIs() throws Exception {
    try (var fixture = Fixture.in(folder, MILLION);
        ExecutorService workers = Executors.newFixedThreadPool(1)) {
      Path file = fixture.file("a.csv");
      var cancel = new Cancel();
      var sql = fixture.sql("SELECT a.\"Id\" FROM \"Sales\" a, range(1000) b");
      assertThat(fixture.engine.percent(file)).isEmpty();
      Future<Export> run =
          workers.submit(
              () -> fixture.engine.export(sql, file, Format.CSV, Fixture.MINUTE, cancel));
      while (fixture.engine.percent(file).orElse(0) < 1) {
        Thread.onSpinWait();
      }
      assertThat(fixture.engine.percent(file).orElse(100)).isBetween(1, 100);
      cancel.request();
      assertThat(run.get()).isEqualTo(new Export.Failed(Problem.CANCELLED));
      assertThat(fixture.engine.percent(file)).isEmpty();
    }
  }

  @Test
  void aSortThatSpillsMoreThanItMayIsStopped() throws Exception {
    Fixture.in(folder, MILLION).close();
    try (var fixture = Fixture.over(folder, 80L << 20, 1L << 20)) {
      Path file = fixture.file("a.csv");
      String sorted =
          "SELECT md5(\"Name\") AS a, md5(a) AS b, md5(b) AS c, \"Name\", \"Id\" FROM \"Sales\","
              + " range(5) ORDER BY 1";
      assertThat(fixture.csv(sorted, file)).isEqualTo(new Export.Failed(Problem.SPILL_FULL));
      assertThat(file).doesNotExist();
      assertThat(folder.resolve("spill")).isEmptyDirectory();
    }
  }

  @Test
  void aRunCancelledBeforeItStartsDoesNotStart() throws Exception {
    try (var fixture = Fixture.in(folder, SALES)) {
      var cancel = new Cancel();
      cancel.request();
      Path file = fixture.file("a.csv");
      assertThat(
              fixture.engine.export(
                  fixture.sql("SELECT 1 AS a"), file, Format.CSV, Fixture.MINUTE, cancel))
          .isEqualTo(new Export.Failed(Problem.CANCELLED));
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void aRunThatTakesTooLongIsStopped() throws Exception {
    try (var fixture = Fixture.in(folder, MILLION)) {
      Path file = fixture.file("a.csv");
      var sql = fixture.sql("SELECT a.\"Id\" FROM \"Sales\" a, \"Sales\" b");
      assertThat(fixture.engine.export(sql, file, Format.CSV, Duration.ofMillis(200), new Cancel()))
          .isEqualTo(new Export.Failed(Problem.TIMED_OUT));
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void tooLittleMemoryIsSaidSoAndTheNextRunIsFine() throws Exception {
    Fixture.in(folder, MILLION).close();
    try (var fixture = Fixture.over(folder, 40L << 20, 512L << 20)) {
      Path file = fixture.file("a.csv");
      assertThat(
              fixture.csv("SELECT string_agg(repeat(\"Name\", 20), '') AS a FROM \"Sales\"", file))
          .isEqualTo(new Export.Failed(Problem.OUT_OF_MEMORY));
      assertThat(file).doesNotExist();
      assertThat(fixture.csv("SELECT \"Id\" FROM \"Sales\" WHERE \"Id\" < 3", file))
          .isEqualTo(new Export.Done(3));
    }
  }

  @Test
  void aStreamedRunMayBookMoreAndKeepsLittleOfWhatItReads() throws Exception {
    String table =
        "CREATE TABLE \"Large\" AS SELECT hash(i) AS \"Id\" FROM range(32000000) r (i)"; // 256 MB
    Fixture.in(folder, table).close();
    try (var fixture = Fixture.over(folder, 64L << 20, 64L << 20)) {
      assertThat(text(fixture, "SELECT current_setting('memory_limit') AS a", false))
          .isEqualTo("a\n64.0 MiB\n");
      assertThat(text(fixture, "SELECT current_setting('memory_limit') AS a", true))
          .isEqualTo("a\n576.0 MiB\n");
      export(fixture, "SELECT \"Id\" FROM \"Large\"", true);
      String kept = "SELECT memory_usage_bytes AS a FROM duckdb_memory() WHERE tag = 'BASE_TABLE'";
      assertThat(Long.parseLong(text(fixture, kept, true).lines().skip(1).findFirst().orElse("")))
          .isLessThan(200_000_000);
    }
  }

  private static String text(Fixture fixture, String text, boolean streamed) throws Exception {
    return Files.readString(export(fixture, text, streamed));
  }

  private static Path export(Fixture fixture, String text, boolean streamed) {
    Path file = fixture.file("text.csv");
    var sql = new Sql(text, List.of(), fixture.sql(text).columns(), streamed);
    assertThat(fixture.engine.export(sql, file, Format.CSV, Fixture.MINUTE, new Cancel()))
        .isInstanceOf(Export.Done.class);
    return file;
  }

  @Test
  void aLackOfDiskIsReadFromTheEnginesWords() {
    assertThat(
            DuckDbErrors.problem(
                new SQLException(
                    "IO Error: Async write failed for range [offset=5233674, size=49151]:"
                        + " {\"exception_message\":\"Could not write file: No space left on"
                        + " device\",\"errno\":\"28\"}")))
        .isEqualTo(Problem.DISK_FULL);
    assertThat(
            DuckDbErrors.problem(
                new SQLException(
                    "Out of Memory Error: failed to offload data block of size 256.0 KiB"
                        + " (190.6 MiB/190.7 MiB used).\nThis limit was set by the"
                        + " 'max_temp_directory_size' setting.")))
        .isEqualTo(Problem.SPILL_FULL);
  }

  @Test
  void nothingOutsideOfTheStagingFolderIsWrittenOrRead() throws Exception {
    try (var fixture = Fixture.in(folder, SALES)) {
      Path outside = folder.resolve("outside.csv");
      assertThat(fixture.csv("SELECT 1 AS a", outside)).isEqualTo(new Export.Failed(Problem.OTHER));
      assertThat(fixture.csv("SELECT 1 AS a", fixture.file("../outside.csv")))
          .isEqualTo(new Export.Failed(Problem.OTHER));
      assertThat(outside).doesNotExist();
      Files.writeString(outside, "a\n1\n");
      assertThat(
              fixture.csv("SELECT * FROM read_csv(?)", fixture.file("a.csv"), outside.toString()))
          .isEqualTo(new Export.Failed(Problem.OTHER));
    }
  }

  @Test
  void anInstanceChangesNeitherTheDatasetsNorItsOwnLimits() throws Exception {
    Fixture fixture = Fixture.in(folder, SALES);
    try (fixture;
        DuckDbInstance instance = DuckDbInstance.open(fixture.settings)) {
      for (String sql :
          List.of(
              "DELETE FROM \"Sales\"",
              "CREATE TABLE t (i INT)",
              "SET threads = 64",
              "SET lock_configuration = false",
              "SET allowed_configs = ['threads']",
              "SET temp_directory = ''",
              "SET enable_external_access = true",
              "LOAD httpfs",
              "INSTALL httpfs",
              "ATTACH '" + folder.resolve("other.duckdb") + "' AS other")) {
        assertThatThrownBy(() -> instance.prepare(sql, List.of()).execute())
            .as(sql)
            .isInstanceOf(SQLException.class);
      }
    }
  }

  @Test
  void instancesAreUsedAgainUntilTheyWereIdleForLong() throws Exception {
    try (var fixture = Fixture.in(folder, SALES)) {
      fixture.csvText("SELECT 1 AS a");
      fixture.csvText("SELECT 2 AS a");
      assertThat(fixture.engine.idleInstances()).isEqualTo(1);
      fixture.nanos += Duration.ofSeconds(59).toNanos();
      fixture.engine.closeOld();
      assertThat(fixture.engine.idleInstances()).isEqualTo(1);
      fixture.nanos += Duration.ofSeconds(1).toNanos();
      fixture.engine.closeOld();
      assertThat(fixture.engine.idleInstances()).isZero();
      assertThat(folder.resolve("spill")).isEmptyDirectory();
      assertThat(fixture.csvText("SELECT 3 AS a")).isEqualTo("a\n3\n");
    }
  }

  @Test
  void anInstanceIsNotUsedAgainAfterALongSortOrGroup() throws Exception {
    try (var fixture = Fixture.in(folder, SALES)) {
      fixture.nanosPerCall = Duration.ofMillis(1001).toNanos();
      fixture.csvText("SELECT 1 AS a");
      assertThat(fixture.engine.idleInstances()).isZero();
      assertThat(folder.resolve("spill")).isEmptyDirectory();
    }
  }

  @Test
  void whatCallersAreToldHasNoPathAndNoSql() {
    for (Problem problem : Problem.values()) {
      assertThat(problem.words()).isNotBlank().doesNotContain("/", "SELECT", "DuckDB");
    }
  }
}
