package dev.reprise.query;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes a checked query as text again, so that reading it once more can be compared.
final class QueryText {
  private QueryText() {}

  static String of(CheckedQuery query) {
    StringBuilder text = new StringBuilder("SELECT ");
    text.append(query.distinct() ? "DISTINCT " : "");
    text.append(query.select().stream().map(Field::name).collect(Collectors.joining(", ")));
    text.append(" FROM ").append(query.dataset().name());
    List<String> filters =
        Stream.concat(query.columnFilters().stream(), query.metricFilters().stream())
            .map(QueryText::filter)
            .toList();
    text.append(filters.isEmpty() ? "" : " WHERE " + String.join(" AND ", filters));
    List<String> order =
        query.order().stream()
            .map(by -> by.field().name() + (by.ascending() ? " ASC" : " DESC"))
            .toList();
    text.append(order.isEmpty() ? "" : " ORDER BY " + String.join(", ", order));
    query.limit().ifPresent(limit -> text.append(" LIMIT ").append(limit));
    return text.append(" TIMESPAN ").append(query.dateRange()).toString();
  }

  private static String filter(Filter filter) {
    return filter.field().name()
        + switch (filter) {
          case Filter.Compare compare ->
              " " + compare.operator().symbol() + " " + literal(compare.value());
          case Filter.In in ->
              (in.negated() ? " NOT IN (" : " IN (")
                  + in.values().stream().map(QueryText::literal).collect(Collectors.joining(", "))
                  + ")";
          case Filter.Like like ->
              (like.negated() ? " NOT LIKE " : " LIKE ") + quoted(like.pattern());
        };
  }

  private static String literal(Literal literal) {
    return switch (literal) {
      case Literal.Text(var text) -> quoted(text);
      case Literal.Whole(var number) -> Long.toString(number);
      case Literal.Decimal(var number) -> number.toPlainString();
      case Literal.Truth(var truth) -> truth ? "'yes'" : "'no'";
      case Literal.Day(var day) -> quoted(day.toString());
      case Literal.Moment(var moment) -> quoted(moment.toString());
    };
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
