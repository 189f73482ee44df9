package dev.reprise.server.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.query.CheckedQuery;
import dev.reprise.query.Compiler;
import dev.reprise.query.Dataset;
import dev.reprise.query.QueryLanguage;
import dev.reprise.query.QueryText;
import dev.reprise.query.Sql;
import dev.reprise.server.dataset.Catalog;
import dev.reprise.server.language.Evaluator.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Queries by chance, from a seed that a failure prints: one compiled SQL has the same answer on
/// DuckDB and on PostgreSQL, the one that the description of the language gives.
class MeaningOnEnginesTest {
  private static final long SEED = Long.getLong("seed", 20260105L);
  @TempDir private static Path folder;
  private static Engines engines;

  private final Random random = new Random(SEED);

  @BeforeAll
  static void start() throws IOException, SQLException {
    engines = Engines.start(folder);
  }

  @AfterAll
  static void stop() throws IOException, SQLException {
    engines.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Day", "Moment", "Month"})
  void everyEngineAnswersWhatTheLanguageSays(String dateColumn) throws SQLException {
    Table table = Table.of(EveryType.datedBy(dateColumn), random, 250);
    engines.load(table);
    int found = compare(table, 400);
    assertThat(found).as("queries that found rows").isGreaterThan(200);
  }

  @Test
  void everyEngineAnswersSoWithoutAnyRows() throws SQLException {
    Table table = Table.of(EveryType.datedBy("Day"), random, 0);
    engines.load(table);
    compare(table, 100);
  }

  @Test
  void everyEngineAnswersSoOnEveryDatasetOfTheCatalog() throws SQLException {
    int found = 0;
    for (Dataset dataset : Catalog.load().datasets()) {
      Table table = Table.of(dataset, random, 20);
      engines.load(table);
      found += compare(table, 12);
    }
    assertThat(found).as("queries that found rows").isGreaterThan(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DuckDB", "PostgreSQL"})
  void everyCharacterHasItsSimpleLowerCase(String engine) throws SQLException {
    List<String> unknown = new ArrayList<>();
    // Around the surrogates, which are no characters.
    for (int[] range : new int[][] {{1, 0xD7FF}, {0xE000, 0x10FFFF}}) {
      String sql =
          "SELECT lower(chr(CAST(g.i AS INTEGER))) FROM generate_series(%d, %d) AS g(i) ORDER BY g.i"
              .formatted(range[0], range[1]);
      List<String> lower = engines.texts(engine, sql);
      for (int i = 0; i < lower.size(); i++) {
        String character = Character.toString(range[0] + i);
        String expected = Character.toString(Character.toLowerCase(range[0] + i));
        if (lower.get(i).equals(character) && !expected.equals(character)) {
          unknown.add(character);
        } else {
          assertThat(lower.get(i)).as("lower case of U+%X", range[0] + i).isEqualTo(expected);
        }
      }
    }
    // Letters of a version of Unicode that the engine does not have yet.
    assertThat(unknown).hasSizeLessThan(40);
  }

  /// How many of the queries found rows.
  private int compare(Table table, int queries) {
    Queries generator = new Queries(table, random);
    OneDataset datasets = new OneDataset(table.dataset());
    int found = 0;
    for (int i = 0; i < queries; i++) {
      String text = String.join(" ", generator.next());
      CheckedQuery query = QueryLanguage.check(text, datasets);
      assertThat(QueryLanguage.check(QueryText.of(query), datasets)).as(text).isEqualTo(query);
      Instant slot = Table.SLOTS.get(random.nextInt(Table.SLOTS.size()));
      boolean withSensitive = !query.sensitiveConditions().isEmpty() || random.nextBoolean();
      Sql sql = Compiler.compile(query, query.window(slot), withSensitive);
      assertThat(TrinoGrammar.reads(sql.text())).as("Trino reads %s", sql.text()).isTrue();
      List<Line> lines = Evaluator.lines(table, query, slot, withSensitive);
      found += lines.isEmpty() ? 0 : 1;
      for (String engine : engines.holding(table.dataset())) {
        String seeded = "%s, seed %d, slot %s: %s as %s".formatted(engine, SEED, slot, text, sql);
        same(engines.run(engine, sql), lines, query.limit().orElse(Long.MAX_VALUE), seeded);
      }
    }
    return found;
  }

  /// Rows with the same keys may come in any order, and LIMIT may cut any of them.
  private static void same(List<List<String>> rows, List<Line> lines, long limit, String what) {
    assertThat(rows).as(what).hasSize((int) Math.min(limit, lines.size()));
    int from = 0;
    while (from < rows.size()) {
      int to = from + 1;
      while (to < lines.size() && lines.get(to).keys().equals(lines.get(from).keys())) {
        to++;
      }
      List<List<String>> expected =
          new ArrayList<>(lines.subList(from, to).stream().map(Line::values).toList());
      List<List<String>> actual = rows.subList(from, Math.min(to, rows.size()));
      for (List<String> row : actual) {
        assertThat(expected.remove(row)).as("%s has no row %s here: %s", what, row, lines).isTrue();
      }
      from = to;
    }
  }
}
