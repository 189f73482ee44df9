package dev.reprise.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.RefusedException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QueryLanguageTest {
  @Test
  void unknownColumnIsRefusedInTheDocumentedWords() {
    RefusedException refused = refusal("SELECT Skuu FROM Sales");
    assertThat(refused.code()).isEqualTo(ErrorCode.COLUMN_UNKNOWN);
    assertThat(refused.text())
        .isEqualTo(
            "Incorrect column name: 'Skuu' is not a column or metric of Sales (1:8)."
                + " Did you mean 'Sku'?");
  }

  @Test
  void documentedTextsComeFirstInTheMessage() {
    RefusedException refused = refusal("SELECT *, Contry FROM Sales LIMIT 0");
    assertThat(refused.code()).isEqualTo(ErrorCode.COLUMN_UNKNOWN);
    assertThat(refused.text())
        .isEqualTo(
            "Incorrect column name: 'Contry' is not a column or metric of Sales (1:11)."
                + " Did you mean 'Country'?"
                + " SELECT * is not supported (1:8): name the columns; Sales has 9 columns and 3"
                + " metrics, listed by ScheduledDataset."
                + " LIMIT takes a positive whole number (1:35), not '0'.");
    assertThat(refusal("SELECT * FROM Sals").text()).startsWith("Invalid table name: 'Sals'");
  }

  @Test
  void faultTellsAnEditorWhereItIsAndWhatToWriteInstead() {
    List<Fault> faults =
        QueryLanguage.faults("SELECT Sku,\r\n  Contry\r\nFROM Sales", Cast.DATASETS);
    assertThat(faults).hasSize(1);
    Fault fault = faults.getFirst();
    assertThat(List.of(fault.line(), fault.column(), fault.length())).isEqualTo(List.of(2, 3, 6));
    assertThat(fault.suggestion()).contains("Country");
    assertThat(fault.code()).isEqualTo(ErrorCode.COLUMN_UNKNOWN);
  }

  @Test
  void faultsBeyondTwentyAreCountedOnly() {
    String text = "SELECT " + "Nope,".repeat(30) + "Sku FROM Sales";
    assertThat(QueryLanguage.faults(text, Cast.DATASETS)).hasSize(20);
    assertThat(refusal(text).text()).endsWith(" 10 more faults are not shown.");
  }

  @Test
  void whatWasTypedIsShownCutAndPrintable() {
    assertThat(refusal("SELECT " + "\uD83D\uDE00".repeat(61) + " FROM Sales").text())
        .contains("'" + "\uD83D\uDE00".repeat(60) + "…' is not a column");
    assertThat(refusal("SELECT a\uD83D FROM Sales").text()).contains("'a\uFFFD' is not a column");
    assertThat(refusal("SELECT Sku FROM Sales WHERE Quantity = 'a\nb'").text())
        .startsWith("'a b' does not fit Quantity");
  }

  @Test
  void queryTextEndsAt32KibOfUtf8() {
    String query = "SELECT Sku FROM Sales WHERE Sku = ''";
    String longest = query.replace("''", "'" + "a".repeat(32 * 1024 - query.length()) + "'");
    assertThat(QueryLanguage.faults(longest, Cast.DATASETS)).isEmpty();
    assertThat(refusal(longest + " ").code()).isEqualTo(ErrorCode.QUERY_TOO_LONG);
    assertThat(refusal(query.replace("''", "'" + "ö".repeat(16 * 1024) + "'")).text())
        .isEqualTo("Query text is limited to 32768 bytes");
    assertThat(QueryLanguage.faults(longest + " ", Cast.DATASETS))
        .extracting(Fault::code)
        .containsExactly(ErrorCode.QUERY_TOO_LONG);
  }

  @Test
  void sensitiveNamesAreToldApartByWhereTheyStand() {
    CheckedQuery query =
        QueryLanguage.check(
            "SELECT Sku, email, Revenue FROM Sales WHERE revenue > 1 ORDER BY Email, Sku",
            Cast.DATASETS);
    assertThat(query.sensitiveSelected()).containsExactly("Email", "Revenue");
    assertThat(query.sensitiveConditions()).containsExactly("Revenue", "Email");
    assertThatThrownBy(() -> Compiler.compile(query, query.window(Cast.SLOT), false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("[Revenue, Email]");
  }

  @Test
  void outputColumnsCarryTheDatasetsSpellingAndTypes() {
    assertThat(Cast.compile("select MONTH, units, email from sales").columns())
        .containsExactly(
            new OutputColumn("Month", ColumnType.MONTH, false),
            new OutputColumn("Units", ColumnType.INTEGER, false),
            new OutputColumn("Email", ColumnType.STRING, true));
  }

  @Test
  void nameInTheCatalogIsQuotedAsSqlWantsIt() {
    Dataset odd =
        new Dataset(
            "cmp",
            "Odd\"Name",
            "",
            Cast.PARTNERS.dateColumn(),
            4,
            List.of(),
            Cast.PARTNERS.columns(),
            List.of(),
            List.of());
    CheckedQuery query =
        new CheckedQuery(
            odd,
            false,
            List.copyOf(odd.columns()),
            List.of(),
            List.of(),
            List.of(),
            OptionalLong.empty(),
            DateRange.LIFETIME);
    assertThat(Compiler.compile(query, query.window(Cast.SLOT), true).text())
        .isEqualTo("SELECT t.\"Partner\" AS \"Partner\" FROM \"Odd\"\"Name\" AS t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT Sku, Price FROM Sales; true",
        "SELECT Sku FROM Sales WHERE Price > 1 LIMIT 5; true",
        "SELECT Sku FROM Sales ORDER BY Sku; false",
        "SELECT DISTINCT Sku FROM Sales; false",
        "SELECT Sku, Units FROM Sales; false",
        "SELECT Sku FROM Sales WHERE Units > 1; false"
      })
  void rowsAreStreamedUnlessTheyAreSortedOrGrouped(String text, boolean streamed) {
    assertThat(Cast.compile(text).streamed()).isEqualTo(streamed);
  }

  private static RefusedException refusal(String text) {
    return catchThrowableOfType(
        RefusedException.class, () -> QueryLanguage.check(text, Cast.DATASETS));
  }
}
