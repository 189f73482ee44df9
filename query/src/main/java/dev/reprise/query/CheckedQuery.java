package dev.reprise.query;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A query in which every name exists, every value has its column's type, and every rule of the
/// language holds.
///
/// - Shape: column filters choose rows before they are aggregated, metric filters after. All
///   filters must hold.
///
/// @param dateRange as asked for, or the default of the dataset when left out
public record CheckedQuery(
    Dataset dataset,
    boolean distinct,
    List<Field> select,
    List<Filter> columnFilters,
    List<Filter> metricFilters,
    List<Order> order,
    OptionalLong limit,
    DateRange dateRange) {
  public CheckedQuery {
    select = List.copyOf(select);
    columnFilters = List.copyOf(columnFilters);
    metricFilters = List.copyOf(metricFilters);
    order = List.copyOf(order);
  }

  /// The time covered when the query runs for this slot.
  public Window window(Instant slot) {
    return dateRange.window(slot);
  }

  /// Whether each row stands for one distinct combination of the selected columns: the query has
  /// DISTINCT, or names a metric anywhere.
  public boolean grouped() {
    return distinct
        || !metricFilters.isEmpty()
        || Stream.concat(select.stream(), order.stream().map(Order::field))
            .anyMatch(Metric.class::isInstance);
  }

  /// The sensitive names in WHERE or ORDER BY: a caller who may not see their values could guess
  /// them from the rows that come back, so this query must be refused to such a caller.
  public List<String> sensitiveConditions() {
    return names(
        Stream.of(
                columnFilters.stream().map(Filter::field),
                metricFilters.stream().map(Filter::field),
                order.stream().map(Order::field))
            .flatMap(fields -> fields),
        Field::sensitive);
  }

  /// The sensitive names that are selected: for a caller who may not see them they come back empty.
  public List<String> sensitiveSelected() {
    return names(select.stream(), Field::sensitive);
  }

  private static List<String> names(Stream<? extends Field> fields, Predicate<Field> wanted) {
    return fields.filter(wanted).map(Field::name).distinct().toList();
  }
}
