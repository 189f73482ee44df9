package dev.reprise.server.language;

import dev.reprise.query.CheckedQuery;
import dev.reprise.query.Column;
import dev.reprise.query.ColumnType;
import dev.reprise.query.Field;
import dev.reprise.query.Metric;
import dev.reprise.query.Order;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a query means, worked out row by row and without SQL, from the words of the language's
/// description alone.
final class Evaluator {
  /// One row of an answer: what it shows, and what it is ordered by.
  record Line(List<String> values, List<Optional<Object>> keys) {}

  private final Table table;
  private final CheckedQuery query;
  private final boolean withSensitive;

  private Evaluator(Table table, CheckedQuery query, boolean withSensitive) {
    this.table = table;
    this.query = query;
    this.withSensitive = withSensitive;
  }

  /// All rows of the answer in their order; LIMIT is not applied.
  static List<Line> lines(Table table, CheckedQuery query, Instant slot, boolean withSensitive) {
    return new Evaluator(table, query, withSensitive).lines(slot);
  }

  private List<Line> lines(Instant slot) {
    Period period = Period.named(query.dateRange().name(), slot);
    List<Map<String, Object>> rows =
        table.rows().stream()
            .filter(row -> inPeriod(row, period))
            .filter(row ->
                query.columnFilters().stream()
                    .allMatch(filter -> Conditions.hold(filter, row.get(filter.field().name()))))
            .toList();
    return groups(rows).stream()
        .filter(group ->
            query.metricFilters().stream()
                .allMatch(filter -> Conditions.hold(filter, value(filter.field(), group))))
        .map(this::line)
        .sorted(this::compare)
        .toList();
  }

  private boolean inPeriod(Map<String, Object> row, Period period) {
    return query.dataset().dateColumn().map(column -> period.has(row.get(column))).orElse(true);
  }

  private List<List<Map<String, Object>>> groups(List<Map<String, Object>> rows) {
    boolean hasMetric =
        !query.metricFilters().isEmpty()
            || Stream.concat(query.select().stream(), query.order().stream().map(Order::field))
                .anyMatch(Metric.class::isInstance);
    if (!hasMetric && !query.distinct()) {
      return rows.stream().map(List::of).toList();
    }
    Map<List<Optional<Object>>, List<Map<String, Object>>> groups = new LinkedHashMap<>();
    if (query.select().stream().noneMatch(Column.class::isInstance)) {
      groups.put(List.of(), new ArrayList<>());
    }
    for (Map<String, Object> row : rows) {
      List<Optional<Object>> key =
          query.select().stream()
              .filter(Column.class::isInstance)
              .map(field -> Optional.ofNullable(visible(field) ? row.get(field.name()) : null))
              .toList();
      groups.computeIfAbsent(key, any -> new ArrayList<>()).add(row);
    }
    return List.copyOf(groups.values());
  }

  private boolean visible(Field field) {
    return withSensitive || !field.sensitive();
  }

  private static @Nullable Object value(Field field, List<Map<String, Object>> group) {
    return switch (field) {
      case Column column -> group.getFirst().get(column.name());
      case Metric metric -> {
        List<Object> values =
            group.stream().map(row -> row.get(metric.of())).filter(Objects::nonNull).toList();
        yield switch (metric.function()) {
          case COUNT_DISTINCT -> values.stream().distinct().count();
          case SUM -> values.isEmpty() ? null : sum(values);
        };
      }
    };
  }

  private static Object sum(List<Object> values) {
    Object first = values.getFirst();
    return first instanceof Long
        ? values.stream().mapToLong(Long.class::cast).sum()
        : values.stream().map(BigDecimal.class::cast).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private Line line(List<Map<String, Object>> group) {
    List<String> shown =
        query.select().stream()
            .map(field -> visible(field) ? shown(field, value(field, group)) : "NULL")
            .toList();
    List<Optional<Object>> keys =
        query.order().stream()
            .map(order -> Optional.ofNullable(value(order.field(), group)))
            .toList();
    return new Line(shown, keys);
  }

  private static String shown(Field field, @Nullable Object value) {
    return switch (value) {
      case null -> "NULL";
      case LocalDate day when field.type() == ColumnType.MONTH ->
          day.getMonth().name().substring(0, 3) + "-" + day.getYear();
      case LocalDateTime moment -> moment.toString();
      case BigDecimal number -> number.setScale(2).toPlainString();
      case String text -> "'" + text + "'";
      default -> value.toString();
    };
  }

  private int compare(Line left, Line right) {
    for (int i = 0; i < query.order().size(); i++) {
      Optional<Object> one = left.keys().get(i);
      Optional<Object> other = right.keys().get(i);
      int way = query.order().get(i).ascending() ? 1 : -1;
      int result =
          one.isEmpty() || other.isEmpty()
              ? Boolean.compare(one.isEmpty(), other.isEmpty())
              : way * Conditions.order(one.get(), other.get());
      if (result != 0) {
        return result;
      }
    }
    return 0;
  }

  /// Days from midnight to midnight UTC, half open.
  private record Period(Optional<LocalDate> from, Optional<LocalDate> to) {
    static Period named(String name, Instant slot) {
      LocalDate day = LocalDate.parse(slot.toString().substring(0, 10));
      String[] words = name.split("_", -1);
      return switch (name) {
        case "LIFETIME" -> new Period(Optional.empty(), Optional.empty());
        case "TODAY" -> between(day, day.plusDays(1));
        case "YESTERDAY" -> between(day.minusDays(1), day);
        case "LAST_MONTH" -> months(day, 1);
        default -> {
          int count = Integer.parseInt(words[1]);
          yield switch (words[2].toLowerCase(Locale.ROOT)) {
            case "days" -> between(day.minusDays(count), day);
            case "months" -> months(day, count);
            default -> months(day, 12 * count);
          };
        }
      };
    }

    private static Period months(LocalDate day, int count) {
      LocalDate first = LocalDate.of(day.getYear(), day.getMonthValue(), 1);
      LocalDate from = first;
      for (int i = 0; i < count; i++) {
        LocalDate lastOfBefore = from.minusDays(1);
        from = lastOfBefore.minusDays(lastOfBefore.getDayOfMonth() - 1L);
      }
      return between(from, first);
    }

    private static Period between(LocalDate from, LocalDate to) {
      return new Period(Optional.of(from), Optional.of(to));
    }

    boolean has(@Nullable Object date) {
      if (from.isEmpty() || to.isEmpty()) {
        return true;
      }
      // A timestamp is of the day it lies on.
      return switch (date) {
        case LocalDateTime moment -> has(moment.toLocalDate());
        case LocalDate day -> !day.isBefore(from.get()) && day.isBefore(to.get());
        case null, default -> false;
      };
    }
  }
}
