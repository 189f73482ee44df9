package dev.reprise.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QueryTextTest {
  @Test
  void textHasTheSpellingOfTheDatasetAndNothingLeftToADefault() {
    assertThat(
            written(
                """
                select distinct SKU,month, units
                from sales where UNITS<>'7' and gift=YES_ and month in('2023-04','2023-04-15')
                  and price >= 0.50 and SoldOn<'2020-06-30T00:00:00Z' and PaidAt = '2020-06-30 06:00'
                  and Country not like ‘n%’ and Sku = 'O''Neil' order by sku, units asc limit 007;
                """
                    .replace("YES_", "'Yes'")))
        .isEqualTo(
            "SELECT DISTINCT Sku, Month, Units FROM Sales WHERE Gift = 'true' AND Month IN"
                + " ('APR-2023', '2023-04-15') AND Price >= 0.5 AND SoldOn < '2020-06-30' AND PaidAt ="
                + " '2020-06-30T06:00:00Z' AND Country NOT LIKE 'n%' AND Sku = 'O''Neil' AND Units !="
                + " 7 ORDER BY Sku DESC, Units ASC LIMIT 7 TIMESPAN LAST_6_MONTHS");
  }

  @Test
  void textOfATextIsItself() {
    String text = written("SELECT Sku FROM Sales WHERE Sku IN ('', ' ', '''')");
    assertThat(written(text)).isEqualTo(text);
  }

  private static String written(String text) {
    return QueryText.of(QueryLanguage.check(text, Cast.DATASETS));
  }
}
