package dev.reprise.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Writes a checked query as SQL.
///
/// - Shape: names come from the catalog and are quoted; every value is a parameter.
/// - Limits: the SQL keeps to what DuckDB, PostgreSQL and Trino read alike. Each column is written
///   `t."Name"`, since a bare name in ORDER BY or HAVING may mean the output column instead.
public final class Compiler {
  /// The last day that all three engines can write.
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

  private final CheckedQuery query;
  private final boolean withSensitive;
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();

  private Compiler(CheckedQuery query, boolean withSensitive) {
    this.query = query;
    this.withSensitive = withSensitive;
  }

  /// The SQL for the rows of a query within a window.
  ///
  /// - Limits: without `withSensitive`, sensitive columns and metrics are empty and have no
  ///   influence on which rows come back; a query with [CheckedQuery#sensitiveConditions] must not
  ///   get here. The window is left aside where the dataset has no date column.
  public static Sql compile(CheckedQuery query, Window window, boolean withSensitive) {
    if (!withSensitive && !query.sensitiveConditions().isEmpty()) {
      throw new IllegalStateException(
          "query on %s filters or orders by withheld %s"
              .formatted(query.dataset().name(), query.sensitiveConditions()));
    }
    return new Compiler(query, withSensitive).compile(window);
  }

  private Sql compile(Window window) {
    list("SELECT ", ", ", query.select(), this::output);
    sql.append(" FROM ").append(quoted(query.dataset().name())).append(" AS t");
    List<Runnable> conditions = bounds(window);
    query.columnFilters().forEach(filter -> conditions.add(() -> filter(filter)));
    list(" WHERE ", " AND ", conditions, Runnable::run);
    if (query.grouped()) {
      group();
    }
    list(" ORDER BY ", ", ", query.order(), this::order);
    query.limit().ifPresent(limit -> sql.append(" LIMIT ").append(limit));
    return new Sql(
        sql.toString(),
        parameters,
        query.select().stream()
            .map(field -> new OutputColumn(field.name(), field.type(), field.sensitive()))
            .toList(),
        !query.grouped() && query.order().isEmpty());
  }

  private void group() {
    List<Field> keys =
        query.select().stream().filter(Column.class::isInstance).filter(this::visible).toList();
    list(" GROUP BY ", ", ", keys, key -> sql.append(value(key)));
    List<Runnable> conditions = new ArrayList<>();
    if (keys.isEmpty() && query.select().stream().anyMatch(Column.class::isInstance)) {
      // All columns are withheld: one combination of empty values, if there are rows at all.
      conditions.add(() -> sql.append("COUNT(*) > 0"));
    }
    query.metricFilters().forEach(filter -> conditions.add(() -> filter(filter)));
    list(" HAVING ", " AND ", conditions, Runnable::run);
  }

  private boolean visible(Field field) {
    return withSensitive || !field.sensitive();
  }

  private void output(Field field) {
    if (!visible(field)) {
      String empty = "CAST(NULL AS " + sqlType(field) + ")";
      sql.append(field instanceof Metric ? "MAX(" + empty + ")" : empty);
      sql.append(" AS ").append(quoted(field.name()));
    } else if (field.type() == ColumnType.MONTH) {
      sql.append(monthText(value(field))).append(" AS ").append(quoted(field.name()));
    } else {
      sql.append(value(field)).append(" AS ").append(quoted(field.name()));
    }
  }

  private static String sqlType(Field field) {
    return switch (field.type()) {
      case STRING, MONTH -> "VARCHAR";
      case INTEGER -> "BIGINT";
      case DECIMAL -> field instanceof Metric ? "DECIMAL(38, 2)" : "DECIMAL(18, 2)";
      case DATE -> "DATE";
      case TIMESTAMP -> "TIMESTAMP";
      case BOOLEAN -> "BOOLEAN";
    };
  }

  /// `APR-2023`, without a function for names of months: each engine has another one.
  private static String monthText(String value) {
    StringBuilder text = new StringBuilder("CASE EXTRACT(MONTH FROM ").append(value).append(')');
    for (int month = 1; month <= 12; month++) {
      text.append(" WHEN ").append(month);
      text.append(" THEN '").append(Months.word(month)).append("-'");
    }
    return text + " END || CAST(EXTRACT(YEAR FROM " + value + ") AS VARCHAR)";
  }

  /// The stored or aggregated value, without the text form of a month.
  private static String value(Field field) {
    return switch (field) {
      case Column column -> "t." + quoted(column.name());
      case Metric metric ->
          switch (metric.function()) {
            // A sum of integers has another type in each engine.
            case SUM -> "CAST(SUM(t." + quoted(metric.of()) + ") AS " + sqlType(metric) + ")";
            case COUNT_DISTINCT -> "COUNT(DISTINCT t." + quoted(metric.of()) + ")";
          };
    };
  }

  private List<Runnable> bounds(Window window) {
    List<Runnable> bounds = new ArrayList<>();
    query
        .dataset()
        .dateColumn()
        .map(this::column)
        .ifPresent(column -> {
          window.from().ifPresent(from -> bounds.add(() -> bound(column, " >= ", from)));
          window.to().ifPresent(to -> bounds.add(() -> bound(column, " < ", to)));
        });
    return bounds;
  }

  private Column column(String name) {
    return query.dataset().columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                query.dataset().name() + " has no column " + name + " for its dates"));
  }

  private void bound(Column column, String operator, Instant instant) {
    LocalDateTime moment = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    sql.append(value(column)).append(operator);
    if (column.type() == ColumnType.TIMESTAMP) {
      literal(new Literal.Moment(moment));
    } else {
      // A day stands for its midnight: at or after noon means from the next day on.
      LocalDate day = moment.toLocalDate();
      LocalDate from = day.atStartOfDay().equals(moment) ? day : day.plusDays(1);
      literal(new Literal.Day(from.isAfter(LAST_DAY) ? LAST_DAY : from));
    }
  }

  private void filter(Filter filter) {
    switch (filter) {
      case Filter.Compare(var field, var operator, var value) -> {
        boolean negated = operator == Operator.NOT_EQUAL;
        if (operator == Operator.EQUAL && value instanceof Literal.Text(var text)) {
          shape(field, text);
        }
        open(negated);
        sql.append(comparable(field)).append(negated ? " <> " : " " + operator.symbol() + " ");
        literal(value);
        close(negated, field);
      }
      case Filter.In(var field, var negated, var values) -> {
        open(negated);
        sql.append(comparable(field)).append(negated ? " NOT IN " : " IN ");
        list("(", ", ", values, this::literal);
        sql.append(')');
        close(negated, field);
      }
      case Filter.Like(var field, var negated, var pattern) -> {
        open(negated);
        sql.append(comparable(field)).append(negated ? " NOT LIKE " : " LIKE ");
        like(pattern);
        close(negated, field);
      }
    }
  }

  /// Adds nothing to what `=` means, but lets an engine skip by the digits of an id where `lower`
  /// would have to read each.
  private void shape(Field field, String text) {
    Spellings.shape(text)
        .ifPresent(shape -> {
          sql.append(value(field)).append(" LIKE ? AND ");
          parameters.add(shape);
        });
  }

  /// An empty value satisfies what is negated; in SQL it satisfies nothing.
  private void open(boolean negated) {
    sql.append(negated ? "(" : "");
  }

  private void close(boolean negated, Field field) {
    if (negated) {
      sql.append(" OR ").append(value(field)).append(" IS NULL)");
    }
  }

  private void like(String pattern) {
    sql.append("lower(?)");
    if (pattern.indexOf('\\') < 0) {
      parameters.add(pattern);
    } else {
      // In PostgreSQL a backslash escapes unless another escape character is named.
      parameters.add(pattern.replace("!", "!!"));
      sql.append(" ESCAPE '!'");
    }
  }

  private static String comparable(Field field) {
    return field.type() == ColumnType.STRING ? "lower(" + value(field) + ")" : value(field);
  }

  private void literal(Literal literal) {
    switch (literal) {
      case Literal.Text(var text) -> parameter("lower(?)", text);
      case Literal.Whole(var number) -> parameter("?", number);
      case Literal.Decimal(var number) -> parameter("?", number);
      case Literal.Truth(var truth) -> parameter("?", truth);
      case Literal.Day(var day) -> parameter("CAST(? AS DATE)", day.toString());
      case Literal.Moment(var moment) -> parameter("CAST(? AS TIMESTAMP)", moment.format(MOMENT));
    }
  }

  private void parameter(String text, Object value) {
    sql.append(text);
    parameters.add(value);
  }

  private void order(Order order) {
    String direction = order.ascending() ? " ASC NULLS LAST" : " DESC NULLS LAST";
    if (order.field().type() == ColumnType.STRING) {
      sql.append(comparable(order.field())).append(direction).append(", ");
    }
    sql.append(value(order.field())).append(direction);
  }

  private <T> void list(String start, String between, List<? extends T> items, Consumer<T> each) {
    String before = start;
    for (T item : items) {
      sql.append(before);
      each.accept(item);
      before = between;
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
