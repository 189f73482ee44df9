package dev.reprise.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Runs compiled queries over a small table and looks at what comes back.
final class MeaningTest {
  private static SalesTable sales;

  @BeforeAll
  static void fill() throws SQLException {
    sales = SalesTable.open();
  }

  @AfterAll
  static void close() throws SQLException {
    sales.close();
  }

  @Test
  void stringsCompareInAnyCasing() {
    assertThat(quantities("Sku = 'Pen'")).containsExactly("1", "2");
    assertThat(quantities("Sku IN ('PEN', 'iNK')")).containsExactly("1", "2", "3");
    assertThat(quantities("Sku LIKE 'P_N'")).containsExactly("1", "2");
    assertThat(quantities("Sku >= 'INK' AND Sku < 'pEN'")).containsExactly("3");
  }

  @Test
  void emptyValueSatisfiesOnlyWhatIsNegated() {
    assertThat(quantities("Sku != 'pen'")).containsExactly("3", "4", "5", "-");
    assertThat(quantities("Sku NOT IN ('pen', 'ink')")).containsExactly("4", "5", "-");
    assertThat(quantities("Sku NOT LIKE '%n%'")).containsExactly("4", "5", "-");
    assertThat(quantities("Price <> 0.1")).containsExactly("2", "3", "-");
    assertThat(quantities("Gift != 1")).containsExactly("2", "3", "4", "5");
    assertThat(quantities("Sku LIKE '%'")).containsExactly("1", "2", "3", "5", "-");
    assertThat(quantities("Quantity < 100 AND Price < 100")).doesNotContain("3", "-");
  }

  @Test
  void emptyStringIsNotAnEmptyValue() {
    assertThat(quantities("Sku = ''")).containsExactly("5");
  }

  @Test
  void backslashInAPatternIsItself() {
    assertThat(quantities("Sku LIKE '100\\%'")).containsExactly("-");
    assertThat(quantities("Sku LIKE '%\\_!'")).containsExactly("-");
    assertThat(quantities("Sku LIKE '%!' AND Sku NOT LIKE '%\\p%'")).containsExactly("-");
  }

  @Test
  void everyTypeComparesWithItsLiterals() {
    assertThat(quantities("Quantity = '2'")).containsExactly("2");
    assertThat(quantities("Quantity IN (1, 9223372036854775807)")).containsExactly("1");
    assertThat(quantities("Price > 0.1000000001 AND Price < 999999999999999999"))
        .containsExactly("2", "-");
    assertThat(quantities("SoldOn >= '2026-01-01' AND SoldOn < '2026-01-05T00:00:00Z'"))
        .containsExactly("2", "3");
    assertThat(quantities("PaidAt < '2026-01-01'")).containsExactly("1");
    assertThat(quantities("PaidAt = '2025-12-31T23:59:59.999Z'")).containsExactly("1");
    assertThat(quantities("PaidAt > '2026-01-01T01:00:00+02:00'")).containsExactly("1", "2", "3");
    assertThat(quantities("Month = 'apr-2025'")).containsExactly("4", "5");
    assertThat(quantities("Month IN ('2025-12', '2025-04-01')")).containsExactly("1", "4", "5");
    assertThat(quantities("Gift = 'Yes'")).containsExactly("1", "-");
  }

  @Test
  void orderDefaultsToDescendingWithEmptyValuesLast() {
    assertThat(rows("SELECT Quantity FROM Sales ORDER BY Quantity TIMESPAN LIFETIME"))
        .containsExactly("5", "4", "3", "2", "1", "-");
    assertThat(rows("SELECT Quantity FROM Sales ORDER BY Quantity ASC TIMESPAN LIFETIME"))
        .containsExactly("1", "2", "3", "4", "5", "-");
  }

  @Test
  void stringsOrderInAnyCasingAndTiesByTheExactText() {
    assertThat(rows("SELECT Sku FROM Sales ORDER BY Sku ASC TIMESPAN LIFETIME"))
        .containsExactly("", "100\\%!", "Ink", "PEN", "pen", "-");
    assertThat(rows("SELECT DISTINCT Sku FROM Sales ORDER BY Sku LIMIT 3 TIMESPAN LIFETIME"))
        .containsExactly("pen", "PEN", "Ink");
  }

  @Test
  void monthsAreWrittenAsTextAndOrderByDate() {
    assertThat(rows("SELECT DISTINCT Month FROM Sales ORDER BY Month ASC TIMESPAN LIFETIME"))
        .containsExactly("APR-2025", "DEC-2025", "JAN-2026", "-");
    assertThat(rows("SELECT Month, Units FROM Sales ORDER BY Month TIMESPAN LIFETIME"))
        .containsExactly("JAN-2026|7", "DEC-2025|5", "APR-2025|2", "-|-");
  }

  @Test
  void metricsGroupByTheSelectedColumns() {
    assertThat(rows("SELECT Country, Units, Buyers FROM Sales ORDER BY Country TIMESPAN LIFETIME"))
        .containsExactly("se|-|0", "SE|-|1", "NO|13|2", "-|1|1");
  }

  @Test
  void whereFiltersColumnsBeforeAndMetricsAfter() {
    assertThat(rows("SELECT Country, Units FROM Sales WHERE Units > 5 TIMESPAN LIFETIME"))
        .containsExactly("NO|13");
    assertThat(rows("SELECT Units FROM Sales WHERE Sku = 'pen' TIMESPAN LIFETIME"))
        .containsExactly("12");
    assertThat(
            rows(
                "SELECT Country FROM Sales WHERE Units != 13 AND Country != ''"
                    + " ORDER BY Buyers, Country ASC TIMESPAN LIFETIME"))
        .containsExactly("SE", "-", "se");
    assertThat(rows("SELECT Units FROM Sales WHERE Units > 100 TIMESPAN LIFETIME")).isEmpty();
  }

  @Test
  void sumOfNoRowsIsEmptyAndCountIsZero() {
    assertThat(
            rows("SELECT Units, Revenue, Buyers FROM Sales WHERE Sku = 'none' TIMESPAN LIFETIME"))
        .containsExactly("-|-|0");
    assertThat(rows("SELECT Sku, Buyers FROM Sales WHERE Sku = 'none' TIMESPAN LIFETIME"))
        .isEmpty();
  }

  @Test
  void timespanIsHalfOpen() {
    assertThat(rows("SELECT Quantity FROM Sales TIMESPAN LAST_MONTH")).containsExactly("1");
    assertThat(rows("SELECT Sku FROM Sales TIMESPAN TODAY"))
        .containsExactlyInAnyOrder("", "100\\%!");
  }

  @Test
  void windowWithinADayCountsADateAsItsMidnight() {
    CheckedQuery query =
        QueryLanguage.check("SELECT Quantity FROM Sales ORDER BY Quantity", Cast.DATASETS);
    Window window =
        new Window(
            Optional.of(Instant.parse("2025-12-31T12:00:00Z")),
            Optional.of(Instant.parse("2026-01-04T00:00:01Z")));
    assertThat(sales.run(Compiler.compile(query, window, true))).containsExactly("3", "2");
  }

  @Test
  void withheldColumnsAreEmptyAndDoNotShapeTheRows() {
    assertThat(withheld("SELECT Quantity, Email FROM Sales ORDER BY Quantity LIMIT 2"))
        .containsExactly("5|-", "4|-");
    assertThat(withheld("SELECT Country, Email, Units, Revenue FROM Sales ORDER BY Country"))
        .containsExactly("se|-|-|-", "SE|-|-|-", "NO|-|13|-", "-|-|1|-");
    assertThat(withheld("SELECT DISTINCT Email FROM Sales")).containsExactly("-");
    assertThat(withheld("SELECT DISTINCT Email FROM Sales WHERE Sku = 'none'")).isEmpty();
    assertThat(withheld("SELECT Revenue FROM Sales")).containsExactly("-");
    assertThat(withheld("SELECT Email, Buyers FROM Sales")).containsExactly("-|3");
  }

  private static List<String> quantities(String condition) {
    return rows(
        "SELECT Quantity FROM Sales WHERE "
            + condition
            + " ORDER BY Quantity ASC TIMESPAN LIFETIME");
  }

  private static List<String> rows(String text) {
    return sales.run(Cast.compile(text));
  }

  private static List<String> withheld(String text) {
    CheckedQuery query = QueryLanguage.check(text + " TIMESPAN LIFETIME", Cast.DATASETS);
    return sales.run(Compiler.compile(query, query.window(Cast.SLOT), false));
  }
}
