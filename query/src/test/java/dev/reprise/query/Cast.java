package dev.reprise.query;

import dev.reprise.query.Metric.Function;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The datasets that every test queries, and the slot for which they do.
final class Cast {
  static final Instant SLOT = Instant.parse("2026-01-05T06:00:00Z");

  static final Dataset SALES =
      new Dataset(
          "cmp",
          "Sales",
          "What was sold",
          Optional.of("SoldOn"),
          4,
          List.of(
              DateRange.TODAY, DateRange.LAST_MONTH, DateRange.LAST_6_MONTHS, DateRange.LIFETIME),
          List.of(
              column("Sku", ColumnType.STRING, false),
              column("Country", ColumnType.STRING, false),
              column("Email", ColumnType.STRING, true),
              column("Quantity", ColumnType.INTEGER, false),
              column("Price", ColumnType.DECIMAL, false),
              column("SoldOn", ColumnType.DATE, false),
              column("PaidAt", ColumnType.TIMESTAMP, false),
              column("Gift", ColumnType.BOOLEAN, false),
              column("Month", ColumnType.MONTH, false)),
          List.of(
              new Metric("Units", Function.SUM, "Units", ColumnType.INTEGER, false),
              new Metric("Buyers", Function.COUNT_DISTINCT, "Buyer", ColumnType.INTEGER, false),
              new Metric("Revenue", Function.SUM, "Amount", ColumnType.DECIMAL, true)),
          List.of(
              new Measure("Units", ColumnType.INTEGER),
              new Measure("Buyer", ColumnType.STRING),
              new Measure("Amount", ColumnType.DECIMAL)));

  static final Dataset USAGE =
      new Dataset(
          "cmp",
          "Usage",
          "What was used",
          Optional.of("UsedAt"),
          4,
          List.of(DateRange.LAST_7_DAYS, DateRange.LIFETIME),
          List.of(
              column("Meter", ColumnType.STRING, false),
              column("UsedAt", ColumnType.TIMESTAMP, false)),
          List.of(),
          List.of());

  static final Dataset PARTNERS =
      new Dataset(
          "mpn",
          "Partners",
          "Who sells",
          Optional.empty(),
          4,
          List.of(DateRange.LIFETIME),
          List.of(column("Partner", ColumnType.STRING, false)),
          List.of(),
          List.of());

  static final Datasets DATASETS = datasets(List.of(SALES, USAGE, PARTNERS));

  private Cast() {}

  static Datasets datasets(List<Dataset> all) {
    return new Datasets() {
      @Override
      public Optional<Dataset> named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return all.stream()
            .filter(dataset -> dataset.name().toLowerCase(Locale.ROOT).equals(lower))
            .findFirst();
      }

      @Override
      public List<String> names() {
        return all.stream().map(Dataset::name).toList();
      }
    };
  }

  static Sql compile(String text) {
    CheckedQuery query = QueryLanguage.check(text, DATASETS);
    return Compiler.compile(query, query.window(SLOT), true);
  }

  private static Column column(String name, ColumnType type, boolean sensitive) {
    return new Column(name, type, "", sensitive, List.of());
  }
}
