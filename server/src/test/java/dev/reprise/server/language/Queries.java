package dev.reprise.server.language;

import dev.reprise.query.ColumnType;
import dev.reprise.query.Dataset;
import dev.reprise.query.Field;
import dev.reprise.query.Metric;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/// Valid queries by chance over a table, whose values they take so that they find some rows.
final class Queries {
  private static final List<String> OPERATORS = List.of("=", "!=", "<>", "<", "<=", ">", ">=");

  private final Table table;
  private final Dataset dataset;
  private final Random random;

  Queries(Table table, Random random) {
    this.table = table;
    this.dataset = table.dataset();
    this.random = random;
  }

  /// A query, in parts that white space may separate.
  List<String> next() {
    List<Field> select = some(dataset.columns());
    if (random.nextBoolean()) {
      select = random.nextInt(6) == 0 ? new ArrayList<>() : select;
      select.addAll(some(dataset.metrics()));
    }
    if (select.isEmpty()) {
      select.add(oneOf(dataset.columns()));
    }
    boolean distinct = random.nextInt(4) == 0;
    List<String> parts = new ArrayList<>(List.of(cased("SELECT")));
    parts.addAll(distinct ? List.of(cased("DISTINCT")) : List.of());
    names(parts, select);
    parts.addAll(List.of(cased("FROM"), cased(dataset.name())));
    where(parts);
    order(parts, select);
    if (random.nextInt(3) == 0) {
      parts.addAll(List.of(cased("LIMIT"), Integer.toString(1 + random.nextInt(40))));
    }
    if (random.nextInt(4) > 0) {
      parts.addAll(List.of(cased("TIMESPAN"), cased(oneOf(dataset.rangesToAskFor()).name())));
    }
    return parts;
  }

  private void names(List<String> parts, List<Field> fields) {
    for (Field field : fields) {
      parts.add(cased(field.name()));
      parts.add(",");
    }
    parts.removeLast();
  }

  private void where(List<String> parts) {
    String join = cased("WHERE");
    for (int i = Math.max(0, random.nextInt(5) - 1); i > 0; i--) {
      parts.add(join);
      boolean metric = !dataset.metrics().isEmpty() && random.nextInt(5) == 0;
      condition(parts, metric ? oneOf(dataset.metrics()) : oneOf(dataset.columns()));
      join = cased("AND");
    }
  }

  private void condition(List<String> parts, Field field) {
    parts.add(cased(field.name()));
    int kind = random.nextInt(10);
    if (kind < 3 && field.type() == ColumnType.STRING) {
      parts.addAll(List.of(cased(oneOf(List.of("LIKE", "NOT LIKE"))), quoted(pattern(field))));
    } else if (kind < 5) {
      parts.addAll(List.of(cased(oneOf(List.of("IN", "NOT IN"))), "("));
      for (int i = random.nextInt(4); i >= 0; i--) {
        parts.addAll(List.of(literal(field), ","));
      }
      parts.set(parts.size() - 1, ")");
    } else {
      boolean unordered = field.type() == ColumnType.BOOLEAN;
      parts.add(oneOf(unordered ? OPERATORS.subList(0, 3) : OPERATORS));
      parts.add(literal(field));
    }
  }

  private String pattern(Field field) {
    String text = cased(String.valueOf(value(field)));
    List<Integer> points = new ArrayList<>(text.codePoints().boxed().toList());
    for (int i = random.nextInt(3); i > 0 && !points.isEmpty(); i--) {
      int at = random.nextInt(points.size());
      switch (random.nextInt(4)) {
        case 0 -> points.set(at, (int) '_');
        case 1 -> points.set(at, (int) '%');
        case 2 -> points.add(at, (int) '%');
        default -> points.subList(at, points.size()).clear();
      }
    }
    String pattern = points.stream().map(Character::toString).collect(Collectors.joining());
    return random.nextBoolean() ? pattern : pattern + "%";
  }

  private String literal(Field field) {
    String text =
        switch (value(field)) {
          case BigDecimal number -> number.toPlainString();
          case Boolean truth -> oneOf(truth ? List.of("1", "yes", "TRUE") : List.of("0", "No"));
          case Object value when field.type() == ColumnType.STRING -> cased(value.toString());
          case Object value when field.type() == ColumnType.MONTH && random.nextBoolean() ->
              value.toString().substring(0, 7);
          case Object value -> value.toString();
        };
    boolean bare = text.matches("-?[0-9]+(\\.[0-9]+)?") && random.nextBoolean();
    return bare ? text : quoted(text);
  }

  /// One of the table if there is any, so that conditions are met by some rows.
  private Object value(Field field) {
    if (field instanceof Metric || table.rows().isEmpty()) {
      return Table.value(field.type(), random);
    }
    Map<String, Object> row = oneOf(table.rows());
    Object value = row.get(field.name());
    return value == null ? Table.value(field.type(), random) : value;
  }

  private void order(List<String> parts, List<Field> select) {
    if (random.nextInt(3) == 0) {
      return;
    }
    // Selected columns can order any query, and so can metrics.
    List<Field> by = some(select);
    if (by.isEmpty() || (!dataset.metrics().isEmpty() && random.nextInt(4) == 0)) {
      by.add(dataset.metrics().isEmpty() ? select.getFirst() : oneOf(dataset.metrics()));
    }
    parts.add(cased("ORDER BY"));
    for (Field field : by) {
      parts.add(cased(field.name()));
      parts.addAll(oneOf(List.of(List.of(), List.of("asc"), List.of("Desc"))));
      parts.add(",");
    }
    parts.removeLast();
  }

  private String cased(String text) {
    return switch (random.nextInt(3)) {
      case 0 -> text;
      case 1 -> text.toLowerCase(Locale.ROOT);
      default ->
          text.codePoints()
              .map(Character::toUpperCase)
              .mapToObj(Character::toString)
              .collect(Collectors.joining());
    };
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /// Few, so that not every row is a group of its own.
  private List<Field> some(List<? extends Field> fields) {
    List<Field> some = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0 && !fields.isEmpty(); i--) {
      Field field = oneOf(fields);
      if (!some.contains(field)) {
        some.add(field);
      }
    }
    return some;
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
