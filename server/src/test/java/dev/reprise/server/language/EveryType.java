package dev.reprise.server.language;

import dev.reprise.query.Column;
import dev.reprise.query.ColumnType;
import dev.reprise.query.Dataset;
import dev.reprise.query.DateRange;
import dev.reprise.query.Measure;
import dev.reprise.query.Metric;
import dev.reprise.query.Metric.Function;
import java.util.List;
import java.util.Optional;

/// A dataset with columns, measures and metrics of every type, and every date range.
final class EveryType {
  private EveryType() {}

  /// Whose date ranges bound this column, by whose name it goes.
  static Dataset datedBy(String column) {
    return new Dataset(
        "cmp",
        "By" + column,
        "Something of everything",
        Optional.of(column),
        4,
        List.of(DateRange.values()),
        List.of(
            column("Text", ColumnType.STRING, false),
            column("Other", ColumnType.STRING, false),
            column("Secret", ColumnType.STRING, true),
            column("Number", ColumnType.INTEGER, false),
            column("Amount", ColumnType.DECIMAL, false),
            column("Day", ColumnType.DATE, false),
            column("Moment", ColumnType.TIMESTAMP, false),
            column("Flag", ColumnType.BOOLEAN, false),
            column("Month", ColumnType.MONTH, false)),
        List.of(
            new Metric("Units", Function.SUM, "Unit", ColumnType.INTEGER, false),
            new Metric("TotalWorth", Function.SUM, "Worth", ColumnType.DECIMAL, true),
            new Metric("Amounts", Function.SUM, "Amount", ColumnType.DECIMAL, false),
            new Metric("Buyers", Function.COUNT_DISTINCT, "Buyer", ColumnType.INTEGER, false),
            new Metric("Days", Function.COUNT_DISTINCT, "Day", ColumnType.INTEGER, false)),
        List.of(
            new Measure("Unit", ColumnType.INTEGER),
            new Measure("Worth", ColumnType.DECIMAL),
            new Measure("Buyer", ColumnType.STRING)));
  }

  private static Column column(String name, ColumnType type, boolean sensitive) {
    return new Column(name, type, "", sensitive, List.of());
  }
}
