package dev.reprise.server.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.query.CheckedQuery;
import dev.reprise.query.Compiler;
import dev.reprise.query.Dataset;
import dev.reprise.query.Fault;
import dev.reprise.query.Field;
import dev.reprise.query.QueryLanguage;
import dev.reprise.query.QueryText;
import dev.reprise.query.Sql;
import dev.reprise.server.dataset.Catalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Thousands of valid and nearly valid texts over every dataset of the catalog, from a seed that a
/// failure prints.
class GeneratedQueriesTest {
  private static final long SEED = Long.getLong("seed", 20260105L);
  private static final Instant SLOT = Instant.parse("2026-01-05T06:00:00Z");
  private static final List<Dataset> DATASETS = Catalog.load().datasets();
  private static final List<String> NOISE =
      List.of(
          "SELECT",
          "FROM",
          "WHERE",
          "AND",
          "OR",
          "NOT",
          "IN",
          "LIKE",
          "(",
          ")",
          ",",
          ";",
          "*",
          "=",
          "'",
          "\"",
          "--",
          "/*",
          "NULL",
          "BETWEEN",
          "IS",
          "AS",
          "GROUP BY",
          "ORDER",
          "BY",
          "LIMIT",
          "TIMESPAN",
          "0",
          "-1",
          "1.5",
          "1e9",
          "'x'",
          "Nope",
          "\u2018",
          "[",
          "`",
          "\uD83D",
          "\u0000",
          "\u0130",
          ".",
          "==",
          "<>",
          "99999999999999999999999",
          "\n",
          "\r",
          "\t",
          "#",
          "@p",
          "COUNT(",
          "CASE",
          "ALL",
          "+",
          "||",
          "\uD83D\uDE00");

  private final Random random = new Random(SEED);

  @Test
  void everyNameOfTheCatalogCanBeTyped() {
    for (Dataset dataset : DATASETS) {
      List<Field> fields = new ArrayList<>(dataset.columns());
      fields.addAll(dataset.metrics());
      String names = fields.stream().map(Field::name).collect(Collectors.joining(", "));
      CheckedQuery query =
          QueryLanguage.check(
              "SELECT " + names + " FROM " + dataset.name(), new OneDataset(dataset));
      assertThat(query.select()).isEqualTo(fields);
    }
  }

  @Test
  void validTextsAreAcceptedAndMeanTheSameWhenWrittenAgain() {
    for (int i = 0; i < 4_000; i++) {
      Table table = table();
      accepted(String.join(" ", new Queries(table, random).next()), table.dataset());
    }
  }

  @Test
  void nearlyValidTextsAreAcceptedOrRefusedWithAPlace() {
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      Table table = table();
      String text = spoilt(new Queries(table, random).next());
      List<Fault> faults = QueryLanguage.faults(text, new OneDataset(table.dataset()));
      if (faults.isEmpty()) {
        accepted(text, table.dataset());
      } else {
        refused++;
        assertThat(faults).as(seeded(text)).allSatisfy(fault -> inside(fault, text));
      }
    }
    assertThat(refused).isBetween(10_000, 19_900);
  }

  private Table table() {
    return new Table(DATASETS.get(random.nextInt(DATASETS.size())), List.of());
  }

  private static void accepted(String text, Dataset dataset) {
    OneDataset datasets = new OneDataset(dataset);
    CheckedQuery query = QueryLanguage.check(text, datasets);
    String written = QueryText.of(query);
    assertThat(QueryLanguage.check(written, datasets)).as(seeded(text)).isEqualTo(query);
    assertThat(QueryText.of(QueryLanguage.check(written, datasets))).isEqualTo(written);
    Sql sql = Compiler.compile(query, query.window(SLOT), true);
    assertThat(KnownSql.unknownIn(sql, query)).as(seeded(text)).isEmpty();
    assertThat(TrinoGrammar.reads(sql.text())).as("Trino reads %s", sql.text()).isTrue();
  }

  private static void inside(Fault fault, String text) {
    assertThat(fault.message()).contains("(" + fault.line() + ":" + fault.column() + ")");
    List<String> lines = List.of(text.split("\r\n|\r|\n", -1));
    assertThat(fault.line()).isBetween(1, lines.size());
    String line = lines.get(fault.line() - 1);
    assertThat(fault.column()).isBetween(1, line.codePointCount(0, line.length()) + 1);
  }

  private static String seeded(String text) {
    return "seed " + SEED + ": " + text;
  }

  private String spoilt(List<String> valid) {
    List<String> parts = new ArrayList<>(valid);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(parts.size());
      switch (random.nextInt(5)) {
        case 0 -> parts.remove(at);
        case 1 -> parts.add(at, noise());
        case 2 -> parts.set(at, noise());
        case 3 -> parts.add(at, parts.get(random.nextInt(parts.size())));
        default -> parts.set(at, misspelt(parts.get(at)));
      }
    }
    return String.join(random.nextInt(4) == 0 ? "" : " ", parts);
  }

  private String noise() {
    return NOISE.get(random.nextInt(NOISE.size()));
  }

  private String misspelt(String part) {
    if (part.isEmpty()) {
      return part;
    }
    int at = random.nextInt(part.length());
    String rest = part.substring(at + 1);
    return part.substring(0, at) + (random.nextBoolean() ? rest : rest + part.charAt(at));
  }
}
