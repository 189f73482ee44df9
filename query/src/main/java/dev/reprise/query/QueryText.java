package dev.reprise.query;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Writes a checked query as text, always in the same form: one line, names as the dataset spells
/// them, values as their type writes them, and nothing left to a default.
///
/// - Shape: read again, the text is the same query.
public final class QueryText {
  private QueryText() {}

  /// The text of a query. Conditions on columns come before those on metrics.
  public static String of(CheckedQuery query) {
    List<Filter> filters = new ArrayList<>(query.columnFilters());
    filters.addAll(query.metricFilters());
    StringBuilder text = new StringBuilder(query.distinct() ? "SELECT DISTINCT " : "SELECT ");
    text.append(list(query.select(), ", ", Field::name));
    text.append(" FROM ").append(query.dataset().name());
    if (!filters.isEmpty()) {
      text.append(" WHERE ").append(list(filters, " AND ", QueryText::filter));
    }
    if (!query.order().isEmpty()) {
      text.append(" ORDER BY ").append(list(query.order(), ", ", QueryText::order));
    }
    query.limit().ifPresent(limit -> text.append(" LIMIT ").append(limit));
    return text.append(" TIMESPAN ").append(query.dateRange().name()).toString();
  }

  private static <T> String list(List<T> items, String between, Function<T, String> each) {
    return items.stream().map(each).collect(Collectors.joining(between));
  }

  private static String order(Order order) {
    return order.field().name() + (order.ascending() ? " ASC" : " DESC");
  }

  private static String filter(Filter filter) {
    return filter.field().name()
        + switch (filter) {
          case Filter.Compare(var field, var operator, var value) ->
              " " + operator.symbol() + " " + literal(field, value);
          case Filter.In(var field, var negated, var values) ->
              (negated ? " NOT IN (" : " IN (")
                  + list(values, ", ", value -> literal(field, value))
                  + ")";
          case Filter.Like(var field, var negated, var pattern) ->
              (negated ? " NOT LIKE " : " LIKE ") + quoted(pattern);
        };
  }

  private static String literal(Field field, Literal literal) {
    return switch (literal) {
      case Literal.Text(var text) -> quoted(text);
      case Literal.Whole(var number) -> Long.toString(number);
      case Literal.Decimal(var number) -> number.toPlainString();
      case Literal.Truth(var truth) -> truth ? "'true'" : "'false'";
      case Literal.Day(var day) -> quoted(day(field, day));
      case Literal.Moment(var moment) -> quoted(moment.toInstant(ZoneOffset.UTC).toString());
    };
  }

  private static String day(Field field, LocalDate day) {
    // A month may be compared with a day that is not its first.
    return field.type() == ColumnType.MONTH && day.getDayOfMonth() == 1
        ? String.format(Locale.ROOT, "%s-%04d", Months.word(day.getMonthValue()), day.getYear())
        : day.toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
