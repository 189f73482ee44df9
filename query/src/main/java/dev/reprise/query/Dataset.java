package dev.reprise.query;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What may be asked for: the columns, metrics and date ranges of one kind of row.
///
/// - Shape: stored as one table with the dataset's name, whose fields are its columns and measures.
/// - Units: the minimum recurrence interval is in hours.
///
/// @param program under which callers reach it, such as `cmp`
/// @param dateColumn the column that date ranges bound; empty if rows have no date
public record Dataset(
    String program,
    String name,
    String description,
    Optional<String> dateColumn,
    int minimumRecurrenceInterval,
    List<DateRange> dateRanges,
    List<Column> columns,
    List<Metric> metrics,
    List<Measure> measures) {
  public Dataset {
    dateRanges = List.copyOf(dateRanges);
    columns = List.copyOf(columns);
    measures = List.copyOf(measures);
    // A catalog may spell a name in any casing; of the engines, not each finds it then.
    Map<String, String> stored = new HashMap<>();
    columns.forEach(column -> stored.put(key(column.name()), column.name()));
    measures.forEach(measure -> stored.put(key(measure.name()), measure.name()));
    metrics =
        metrics.stream()
            .map(metric -> metric.over(stored.getOrDefault(key(metric.of()), metric.of())))
            .toList();
    dateColumn = dateColumn.map(column -> stored.getOrDefault(key(column), column));
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// The ranges that `TIMESPAN` may name; without a date column there is nothing to bound.
  public List<DateRange> rangesToAskFor() {
    return dateColumn.isPresent() ? dateRanges : List.of(DateRange.LIFETIME);
  }

  /// What a query without `TIMESPAN` covers.
  public DateRange defaultRange() {
    return rangesToAskFor().contains(DateRange.LAST_6_MONTHS)
        ? DateRange.LAST_6_MONTHS
        : DateRange.LIFETIME;
  }
}
