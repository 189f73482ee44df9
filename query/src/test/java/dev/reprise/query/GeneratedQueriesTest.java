package dev.reprise.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Thousands of valid and nearly valid texts from a seed, which a failure prints.
final class GeneratedQueriesTest {
  private static final long SEED = Long.getLong("seed", 20260105L);
  private static final List<String> COLUMNS =
      List.of("Sku", "Country", "Email", "Quantity", "Price", "SoldOn", "PaidAt", "Gift", "Month");
  private static final List<String> METRICS = List.of("Units", "Buyers", "Revenue");
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
          "Sku",
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
          "#",
          "@p",
          "COUNT(");

  private final Random random = new Random(SEED);

  @Test
  void validTextsAreAcceptedMeanTheSameWhenWrittenAgainAndRun() throws SQLException {
    try (SalesTable sales = SalesTable.open()) {
      for (int i = 0; i < 600; i++) {
        String text = String.join(" ", valid());
        assertThat(QueryLanguage.faults(text, Cast.DATASETS)).as(seeded(text)).isEmpty();
        CheckedQuery query = roundTrip(text);
        sales.run(Compiler.compile(query, query.window(Cast.SLOT), true));
        if (query.sensitiveConditions().isEmpty()) {
          sales.run(Compiler.compile(query, query.window(Cast.SLOT), false));
        }
      }
    }
  }

  @Test
  void nearlyValidTextsAreAcceptedOrRefusedWithAPlace() {
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      String text = spoilt();
      List<Fault> faults = QueryLanguage.faults(text, Cast.DATASETS);
      if (faults.isEmpty()) {
        Sql sql = Cast.compile(text);
        long marks = sql.text().chars().filter(c -> c == '?').count();
        assertThat(marks).as(seeded(text)).isEqualTo(sql.parameters().size());
        roundTrip(text);
      } else {
        refused++;
        assertThat(faults)
            .as(seeded(text))
            .allSatisfy(fault -> assertThat(fault.message()).contains(place(fault)))
            .allSatisfy(fault -> assertThat(isInside(fault, text)).isTrue());
      }
    }
    assertThat(refused).isBetween(10_000, 19_900);
  }

  private static CheckedQuery roundTrip(String text) {
    CheckedQuery query = QueryLanguage.check(text, Cast.DATASETS);
    assertThat(QueryLanguage.check(QueryText.of(query), Cast.DATASETS))
        .as(seeded(text))
        .isEqualTo(query);
    return query;
  }

  private static String place(Fault fault) {
    return "(" + fault.line() + ":" + fault.column() + ")";
  }

  private static boolean isInside(Fault fault, String text) {
    List<String> lines = List.of(text.split("\n", -1));
    return fault.line() <= lines.size()
        && fault.column() <= lines.get(fault.line() - 1).length() + 1;
  }

  private static String seeded(String text) {
    return "seed " + SEED + ": " + text;
  }

  private String spoilt() {
    List<String> parts = new ArrayList<>(valid());
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(parts.size());
      switch (random.nextInt(5)) {
        case 0 -> parts.remove(at);
        case 1 -> parts.add(at, oneOf(NOISE));
        case 2 -> parts.set(at, oneOf(NOISE));
        case 3 -> parts.add(at, parts.get(random.nextInt(parts.size())));
        default -> parts.set(at, misspelt(parts.get(at)));
      }
    }
    return String.join(random.nextInt(4) == 0 ? "" : " ", parts);
  }

  private String misspelt(String part) {
    if (part.isEmpty()) {
      return part;
    }
    int at = random.nextInt(part.length());
    String rest = part.substring(at + 1);
    return part.substring(0, at) + (random.nextBoolean() ? rest : rest + part.charAt(at));
  }

  private List<String> valid() {
    List<String> parts = new ArrayList<>(List.of("SELECT"));
    if (random.nextInt(4) == 0) {
      parts.add("distinct");
    }
    List<String> select = some(COLUMNS);
    if (random.nextBoolean()) {
      select.addAll(some(METRICS));
    }
    list(parts, select);
    parts.addAll(List.of("From", "sales"));
    String join = "WHERE";
    for (int i = random.nextInt(4); i > 0; i--) {
      parts.add(join);
      parts.addAll(condition());
      join = "and";
    }
    if (random.nextBoolean()) {
      parts.addAll(List.of("ORDER", "BY"));
      list(parts, select.subList(0, 1 + random.nextInt(select.size())));
      parts.add(oneOf(List.of("", "ASC", "desc")));
    }
    if (random.nextInt(3) == 0) {
      parts.addAll(List.of("LIMIT", Integer.toString(1 + random.nextInt(100))));
    }
    parts.addAll(oneOf(List.of(List.of(), List.of("TIMESPAN", "LIFETIME"), List.of(";"))));
    return parts;
  }

  private List<String> condition() {
    String name = random.nextInt(4) == 0 ? oneOf(METRICS) : oneOf(COLUMNS);
    if (name.equals("Sku") && random.nextBoolean()) {
      return List.of(name, oneOf(List.of("LIKE", "NOT LIKE")), oneOf(List.of("'%a'", "'a\\_'")));
    }
    if (random.nextInt(3) == 0) {
      return List.of(name, oneOf(List.of("IN", "NOT IN")), "(", value(name), ",", value(name), ")");
    }
    List<String> operators =
        name.equals("Gift") ? List.of("=", "!=") : List.of("=", "!=", "<>", "<", "<=", ">", ">=");
    return List.of(name, oneOf(operators), value(name));
  }

  private String value(String name) {
    return switch (name) {
      case "Quantity", "Units", "Buyers" -> oneOf(List.of("0", "-7", "'12'", "3.0"));
      case "Price", "Revenue" -> oneOf(List.of("0.10", "'-1.5'", "999999999999999999"));
      case "SoldOn" -> oneOf(List.of("'2026-01-01'", "'2026-01-01T00:00:00Z'"));
      case "PaidAt" -> oneOf(List.of("'2026-01-01'", "'2026-01-01T06:07:08.9+01:00'"));
      case "Gift" -> oneOf(List.of("1", "'No'", "'true'"));
      case "Month" -> oneOf(List.of("'jan-2026'", "'2026-01'", "'2026-01-31'"));
      default -> oneOf(List.of("'pen'", "''", "'O''Neil'", "\u2018x\u2019", "5", "'\u0130\u0131'"));
    };
  }

  private List<String> some(List<String> names) {
    List<String> some = new ArrayList<>();
    for (String name : names) {
      if (random.nextInt(3) == 0) {
        some.add(random.nextBoolean() ? name : name.toUpperCase(Locale.ROOT));
      }
    }
    return some.isEmpty() ? new ArrayList<>(names.subList(0, 1)) : some;
  }

  private static void list(List<String> parts, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      if (i > 0) {
        parts.add(",");
      }
      parts.add(names.get(i));
    }
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
