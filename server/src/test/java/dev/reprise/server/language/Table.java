package dev.reprise.server.language;

import dev.reprise.query.Column;
import dev.reprise.query.ColumnType;
import dev.reprise.query.Dataset;
import dev.reprise.query.Measure;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A dataset with rows: of each, the values by the name of their column or measure. An empty value
/// is missing.
record Table(Dataset dataset, List<Map<String, Object>> rows) {
  /// Texts that tempt an engine to compare or order them in its own way.
  private static final List<String> TEXTS =
      List.of(
          "",
          "pen",
          "PEN",
          "Pen",
          "istanbul",
          "İstanbul",
          "ISTANBUL",
          "ıstanbul",
          "straße",
          "STRASSE",
          "STRAẞE",
          "caf\u00E9",
          "CAF\u00C9",
          "cafe\u0301",
          "οδος",
          "οδοσ",
          "ΟΔΟΣ",
          "Kelvin",
          "\u212Aelvin",
          "Ⓐ",
          "ⓐ",
          "\uD801\uDC00",
          "\uD801\uDC28",
          "\uD83D\uDE00",
          "\uFF21",
          "a%b",
          "a_b",
          "a\\b",
          "!a",
          "O'Neil",
          "\"q\"",
          " lead",
          "two\nlines",
          "tab\t",
          "id-00A7",
          "ID-00a7",
          "Id-00A7",
          "id-00a8",
          "1\u0130",
          "1I",
          "1i",
          "!\\a",
          "2026-01-05",
          "7");

  /// The slots that queries run for.
  static final List<Instant> SLOTS =
      List.of(
          Instant.parse("2026-01-05T06:00:00Z"),
          Instant.parse("2026-01-01T00:00:00Z"),
          Instant.parse("2025-12-31T23:59:59Z"),
          Instant.parse("2025-03-31T12:00:00Z"),
          Instant.parse("2025-03-01T00:00:00Z"),
          Instant.parse("2024-03-31T23:59:59Z"),
          Instant.parse("2024-02-29T00:00:00Z"),
          Instant.parse("2024-01-31T06:00:00Z"));

  /// How many days before its slot a period may begin, and the day before that.
  private static final List<Integer> EDGES =
      List.of(-1, 0, 1, 2, 7, 8, 14, 15, 30, 31, 90, 91, 180, 181, 365, 366);

  /// Days at which months and years begin and end.
  private static final List<String> DAYS =
      List.of(
          "2022-12-31",
          "2023-01-01",
          "2023-02-28",
          "2023-03-01",
          "2024-01-31",
          "2024-02-01",
          "2024-02-28",
          "2024-02-29",
          "2024-03-01",
          "2024-03-31",
          "2024-12-31",
          "2025-01-01",
          "2025-02-28",
          "2025-03-01",
          "2025-06-30",
          "2025-07-01",
          "2025-12-31",
          "2026-01-01",
          "2026-01-04",
          "2026-01-05",
          "2026-01-06");

  private static final List<String> TIMES =
      List.of("00:00:00", "06:00:00", "23:59:59", "23:59:59.999", "12:34:56.789");

  static Table of(Dataset dataset, Random random, int size) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Map<String, Object> row = new LinkedHashMap<>();
      for (Column column : dataset.columns()) {
        fill(row, column.name(), column.type(), random);
      }
      for (Measure measure : dataset.measures()) {
        fill(row, measure.name(), measure.type(), random);
      }
      rows.add(row);
    }
    return new Table(dataset, rows);
  }

  /// The type of each column and measure as it is stored.
  static Map<String, ColumnType> fields(Dataset dataset) {
    Map<String, ColumnType> fields = new LinkedHashMap<>();
    dataset.columns().forEach(column -> fields.put(column.name(), column.type()));
    dataset.measures().forEach(measure -> fields.put(measure.name(), measure.type()));
    return fields;
  }

  private static void fill(Map<String, Object> row, String name, ColumnType type, Random random) {
    if (random.nextInt(6) > 0) {
      row.put(name, value(type, random));
    }
  }

  static Object value(ColumnType type, Random random) {
    return switch (type) {
      case STRING -> TEXTS.get(random.nextInt(TEXTS.size()));
      case INTEGER ->
          random.nextInt(20) == 0 ? 9_007_199_254_740_993L : (long) random.nextInt(9) - 3;
      case DECIMAL -> BigDecimal.valueOf(random.nextInt(40) * 25L - 300, 2);
      case DATE -> day(random);
      case MONTH -> day(random).withDayOfMonth(1);
      case TIMESTAMP ->
          LocalDateTime.parse(day(random) + "T" + TIMES.get(random.nextInt(TIMES.size())));
      case BOOLEAN -> random.nextBoolean();
    };
  }

  private static LocalDate day(Random random) {
    if (random.nextBoolean()) {
      return LocalDate.parse(DAYS.get(random.nextInt(DAYS.size())));
    }
    String slot = SLOTS.get(random.nextInt(SLOTS.size())).toString();
    return LocalDate.parse(slot.substring(0, 10))
        .minusDays(EDGES.get(random.nextInt(EDGES.size())));
  }
}
