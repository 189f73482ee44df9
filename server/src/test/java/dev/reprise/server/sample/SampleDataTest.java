package dev.reprise.server.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.reprise.query.Column;
import dev.reprise.query.ColumnType;
import dev.reprise.query.Dataset;
import dev.reprise.query.DateRange;
import dev.reprise.query.Measure;
import dev.reprise.server.dataset.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleDataTest {
  private static final Instant NOW = Instant.parse("2026-01-05T06:00:00Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-01-05");
  private static final long ROWS = 2_000;
  private static final List<Dataset> DATASETS = Catalog.load().datasets();

  @TempDir private static Path directory;
  private static Path file;
  private static DuckDbFile sample;
  private static final List<String> PROGRESS = new ArrayList<>();

  @BeforeAll
  static void create() throws IOException, SQLException {
    file = directory.resolve("it's sample.duckdb");
    SampleData.create(
        file, DATASETS, ROWS, NOW, (name, done, total) -> PROGRESS.add(done + "/" + total));
    sample = new DuckDbFile(file);
  }

  @AfterAll
  static void close() throws SQLException {
    sample.close();
  }

  @Test
  void everyDatasetHasItsFieldsTypesAndRows() throws SQLException {
    for (Dataset dataset : DATASETS) {
      List<String> fields =
          Stream.concat(
                  dataset.columns().stream().map(c -> c.name() + " " + sqlType(c.type())),
                  dataset.measures().stream().map(m -> m.name() + " " + sqlType(m.type())))
              .toList();
      assertThat(
              sample.texts(
                  "SELECT column_name || ' ' || data_type FROM duckdb_columns() WHERE table_name = '%s' ORDER BY column_index"
                      .formatted(dataset.name())))
          .isEqualTo(fields);
      assertThat(count(dataset, "true")).as(dataset.name()).isEqualTo(ROWS);
    }
    assertThat(sample.number("SELECT count(*) FROM duckdb_tables()")).isEqualTo(DATASETS.size());
  }

  @Test
  void progressIsToldOncePerDatasetInOrder() {
    assertThat(PROGRESS).hasSize(31).startsWith("1/31", "2/31").endsWith("31/31");
  }

  @Test
  void everyDateRangeOfEveryDatasetHasRows() throws SQLException {
    for (Dataset dataset : DATASETS) {
      for (DateRange range : dataset.dateRanges()) {
        String within = dataset.dateColumn().map(column -> within(column, range)).orElse("true");
        assertThat(count(dataset, within)).as("%s %s", dataset.name(), range).isPositive();
      }
      if (dataset.dateColumn().isPresent()) {
        String column = dataset.dateColumn().get();
        boolean daily =
            sample.number(
                    "SELECT count(*) FROM \"%s\" WHERE day(\"%s\") <> 1"
                        .formatted(dataset.name(), column))
                > 0;
        if (daily) {
          assertThat(count(dataset, within(column, DateRange.TODAY))).isPositive();
          assertThat(count(dataset, within(column, DateRange.YESTERDAY))).isPositive();
        }
      }
    }
  }

  @Test
  void noColumnIsConstantButTheOneThatTheCatalogCallsSo() throws SQLException {
    List<String> constant = new ArrayList<>();
    for (Dataset dataset : DATASETS) {
      for (Column column : dataset.columns()) {
        if (distinct(dataset, column.name()) < 2) {
          constant.add(column.name());
        }
      }
      for (Measure measure : dataset.measures()) {
        assertThat(distinct(dataset, measure.name())).as(measure.name()).isGreaterThan(1);
      }
    }
    assertThat(constant).containsExactly("PromotionalCustomers");
  }

  @Test
  void columnsWithKnownValuesHoldOnlyThose() throws SQLException {
    for (Dataset dataset : DATASETS) {
      for (Column column : dataset.columns()) {
        if (!column.values().isEmpty()) {
          assertThat(
                  sample.texts(
                      "SELECT DISTINCT \"%s\" FROM \"%s\" WHERE \"%1$s\" IS NOT NULL"
                          .formatted(column.name(), dataset.name())))
              .as("%s.%s", dataset.name(), column.name())
              .isSubsetOf(column.values());
        }
      }
    }
  }

  @Test
  void customerIsTheSameInEveryDataset() throws SQLException {
    assertThat(
            sample.number(
                """
                SELECT count(*) FROM (SELECT CustomerId FROM (
                    SELECT CustomerId, CustomerName, CustomerCountry, CustomerCurrencyCC FROM ISVUsage
                    UNION SELECT CustomerId, CustomerName, CustomerCountry, Currency FROM ISVOrder
                    UNION SELECT CustomerId, CustomerCompanyName, CustomerCountryRegion, NULL FROM ISVCustomer
                    UNION SELECT CustomerID, AccountName, Country, NULL FROM CLASAzurePropensity)
                  GROUP BY ALL
                  HAVING count(DISTINCT CustomerName) > 1 OR count(DISTINCT CustomerCountry) > 1
                    OR count(DISTINCT CustomerCurrencyCC) > 1)
                """))
        .isZero();
    assertThat(
            sample.number(
                "SELECT count(*) FROM ISVUsage SEMI JOIN ISVOrder USING (AssetId, OfferName, CustomerId)"))
        .isGreaterThan(ROWS / 4);
    assertThat(
            sample.number(
                "SELECT count(*) FROM ISVUsage AS u JOIN ISVOrder AS o USING (AssetId) WHERE u.CustomerId <> o.CustomerId OR u.OfferId <> o.OfferId"))
        .isZero();
    assertThat(
            sample.number(
                "SELECT count(*) FROM AzureUsage ANTI JOIN Profile USING (MPNId, PartnerName, PGAMpnId)"))
        .isZero();
  }

  @Test
  void columnsOfARowAgree() throws SQLException {
    none("ISVUsage", "MonthStartDate <> date_trunc('month', UsageDate)");
    none("ISVUsage", "abs(EstimatedExtendedChargeCC - NormalizedUsage * PriceCC) > 0.01");
    none("ISVOrder", "TermEndDate <= TermStartDate OR TrialEndDate <= OrderPurchaseDate");
    none("ISVOrder", "(OrderStatus = 'Canceled') <> (OrderCancelDate IS NOT NULL)");
    none(
        "ISVOrder",
        "OrderCancelDate < OrderPurchaseDate OR (HasTrial = 'True') <> (TrialEndDate IS NOT NULL)");
    none("ISVCustomer", "DateLost <= DateAcquired OR (IsActive = 1) <> (DateLost IS NULL)");
    none(
        "ISVQualityOfService",
        "epoch_ms(EndTime) - epoch_ms(StartTime) <> DeploymentDurationInMilliSeconds");
    none("ISVQualityOfService", "(DeploymentStatus = 'failed') <> (ErrorCode IS NOT NULL)");
    none(
        "ISVOfferRetention", "RevenueGeneratedUSD <> RevenueGeneratedPerDayUSD * (\"Offset\" + 1)");
    none("SeatsSubscriptionsAndRevenue", "SubscriptionEndDate <= SubscriptionStartDate");
    none(
        "DynamicsUsage",
        "AssignedSeats > AvailableSeats OR DeploymentOpportunity <> AvailableSeats - AssignedSeats");
    none("AzureUsage", "day(Month) <> 1");
  }

  @Test
  void rowIdsAreUnique() throws SQLException {
    assertThat(sample.number("SELECT count(DISTINCT ID) FROM ISVCustomer")).isEqualTo(ROWS);
    assertThat(sample.number("SELECT count(DISTINCT PurchaseRecordLineItemId) FROM ISVOrder"))
        .isEqualTo(ROWS);
    assertThat(sample.number("SELECT count(DISTINCT UsageReference) FROM ISVUsage"))
        .isEqualTo(ROWS);
    assertThat(sample.number("SELECT count(DISTINCT LineItemId) FROM ISVRevenue")).isEqualTo(ROWS);
  }

  @Test
  void fewCustomersAndOrdersMakeMostOfIt() throws SQLException {
    assertThat(
            sample.number(
                "SELECT sum(n) FROM (SELECT count(*) AS n FROM ISVUsage GROUP BY CustomerId ORDER BY n DESC LIMIT 100)"))
        .isGreaterThan(ROWS / 4);
    assertThat(
            sample.number("SELECT (avg(BilledRevenue) / median(BilledRevenue))::INT FROM ISVOrder"))
        .isGreaterThan(3);
  }

  @Test
  void columnsDoNotFollowEachOtherByAccident() throws SQLException {
    assertThat(
            sample.number(
                "SELECT (100 * abs(corr(hour(EventTimestamp), ln(OrderQuantity))))::INT FROM ISVOrder"))
        .isLessThan(10);
    assertThat(
            sample.number(
                "SELECT (100 * abs(corr(PageVisits, GetItNow)))::INT FROM ISVMarketplaceInsights WHERE PageVisits < 100 AND GetItNow < 30"))
        .isLessThan(15);
  }

  @Test
  void textsThatAreHardToExportOccur() throws SQLException {
    for (String hard :
        List.of(
            "SalesNotes LIKE '%\"%'",
            "SalesNotes LIKE '%,%'",
            "contains(SalesNotes, chr(10))",
            "SalesNotes IS NULL",
            "SalesNotes = ''",
            "SalesNotes LIKE '%🎉%'")) {
      assertThat(sample.number("SELECT count(*) FROM ISVOrder WHERE " + hard))
          .as(hard)
          .isPositive();
    }
    for (String script : List.of("Hiragana}\\p{Han", "Arabic", "Greek", "Cyrillic")) {
      assertThat(
              sample.number(
                  "SELECT count(*) FROM ISVOrder WHERE regexp_matches(CustomerName, '[\\p{%s}]')"
                      .formatted(script)))
          .as(script)
          .isPositive();
    }
  }

  @Test
  void rowsAreInTheOrderOfTheirDays() throws SQLException {
    none(
        "(SELECT UsageDate, lag(UsageDate) OVER (ORDER BY rowid) AS before FROM ISVUsage)",
        "UsageDate < before");
  }

  @Test
  void sameRowsAndDayGiveTheSameContent() throws IOException, SQLException {
    Path again = directory.resolve("again.duckdb");
    Path tomorrow = directory.resolve("tomorrow.duckdb");
    List<Dataset> some = DATASETS.subList(0, 12);
    SampleData.create(again, some, ROWS, NOW.plusSeconds(3600), (name, done, total) -> {});
    SampleData.create(tomorrow, some, ROWS, NOW.plusSeconds(86_400), (name, done, total) -> {});
    try (DuckDbFile second = new DuckDbFile(again);
        DuckDbFile third = new DuckDbFile(tomorrow)) {
      for (Dataset dataset : some) {
        String content = sample.content(dataset.name());
        assertThat(second.content(dataset.name())).as(dataset.name()).isEqualTo(content);
        assertThat(third.content(dataset.name())).as(dataset.name()).isNotEqualTo(content);
      }
    }
  }

  @Test
  void whatACrashLeftIsReplaced() throws IOException, SQLException {
    Path target = directory.resolve("crashed.duckdb");
    Path left = Files.writeString(directory.resolve(".crashed.duckdb.unfinished"), "half a file");
    Path wal = Files.writeString(directory.resolve(".crashed.duckdb.unfinished.wal"), "half");
    SampleData.create(target, DATASETS.subList(0, 1), 10, NOW, (name, done, total) -> {});
    assertThat(left).doesNotExist();
    assertThat(wal).doesNotExist();
    try (DuckDbFile whole = new DuckDbFile(target)) {
      assertThat(whole.number("SELECT count(*) FROM ISVCustomer")).isEqualTo(10);
    }
  }

  @Test
  void failureLeavesNoFileOfThatName() {
    Dataset broken =
        new Dataset(
            "cmp",
            "Broken",
            "",
            Optional.empty(),
            4,
            List.of(),
            List.of(new Column("Is\"Odd", ColumnType.STRING, "", false, List.of())),
            List.of(),
            List.of());
    Path target = directory.resolve("broken.duckdb");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> SampleData.create(target, List.of(broken), 10, NOW, (name, done, total) -> {}))
        .withMessageContaining("broken.duckdb");
    assertThat(target).doesNotExist();
  }

  @Test
  void tooManyRowsAreNotMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SampleData.create(file, DATASETS, 10_000_001, NOW, (name, done, total) -> {}))
        .withMessageContaining("10000001");
  }

  private static void none(String rows, String where) throws SQLException {
    assertThat(sample.number("SELECT count(*) FROM %s WHERE %s".formatted(rows, where)))
        .as("%s: %s", rows, where)
        .isZero();
  }

  private static long count(Dataset dataset, String where) throws SQLException {
    return sample.number("SELECT count(*) FROM \"%s\" WHERE %s".formatted(dataset.name(), where));
  }

  private static long distinct(Dataset dataset, String field) throws SQLException {
    return sample.number(
        "SELECT count(DISTINCT \"%s\") FROM \"%s\"".formatted(field, dataset.name()));
  }

  /// The bounds of the query language, "Meaning".
  private static String within(String column, DateRange range) {
    LocalDate month = TODAY.withDayOfMonth(1);
    return switch (range) {
      case TODAY -> within(column, TODAY, TODAY.plusDays(1));
      case YESTERDAY -> within(column, TODAY.minusDays(1), TODAY);
      case LAST_7_DAYS -> within(column, TODAY.minusDays(7), TODAY);
      case LAST_14_DAYS -> within(column, TODAY.minusDays(14), TODAY);
      case LAST_30_DAYS -> within(column, TODAY.minusDays(30), TODAY);
      case LAST_90_DAYS -> within(column, TODAY.minusDays(90), TODAY);
      case LAST_180_DAYS -> within(column, TODAY.minusDays(180), TODAY);
      case LAST_365_DAYS -> within(column, TODAY.minusDays(365), TODAY);
      case LAST_MONTH -> within(column, month.minusMonths(1), month);
      case LAST_3_MONTHS -> within(column, month.minusMonths(3), month);
      case LAST_6_MONTHS -> within(column, month.minusMonths(6), month);
      case LAST_1_YEAR -> within(column, month.minusMonths(12), month);
      case LAST_2_YEARS -> within(column, month.minusMonths(24), month);
      case LAST_3_YEARS -> within(column, month.minusMonths(36), month);
      case LIFETIME -> "true";
    };
  }

  private static String within(String column, LocalDate from, LocalDate to) {
    return "\"%s\" >= DATE '%s' AND \"%1$s\" < DATE '%s'".formatted(column, from, to);
  }

  private static String sqlType(ColumnType type) {
    return switch (type) {
      case STRING -> "VARCHAR";
      case INTEGER -> "BIGINT";
      case DECIMAL -> "DECIMAL(18,2)";
      case DATE, MONTH -> "DATE";
      case TIMESTAMP -> "TIMESTAMP";
      case BOOLEAN -> "BOOLEAN";
    };
  }
}
