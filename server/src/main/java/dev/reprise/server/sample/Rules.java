package dev.reprise.server.sample;

import dev.reprise.query.Column;
import dev.reprise.query.ColumnType;
import dev.reprise.query.Dataset;
import dev.reprise.query.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which SQL makes the values of a column: the table `sample/rules.txt`, and by type what it
/// leaves.
final class Rules {
  private static final Pattern KEY_OF = Pattern.compile("\\$key:(\\w+)");
  private static final Pattern VALUES = Pattern.compile("\\bvalues\\b");

  private final List<Rule> rules;

  private Rules(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  static Rules parse(String table) {
    List<Rule> rules = new ArrayList<>();
    for (String line : table.lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        rules.add(Rule.parse(line));
      }
    }
    return new Rules(rules);
  }

  /// The fields of a dataset's `SELECT`, each cast to its type and named.
  String fields(Dataset dataset) {
    Stream<String> columns = dataset.columns().stream().map(column -> field(dataset, column));
    Stream<String> measures =
        dataset.measures().stream().map(measure -> field(dataset, asColumn(measure)));
    return Stream.concat(columns, measures).collect(Collectors.joining(",\n"));
  }

  /// The rule's SQL for a column, or empty if only the type says what it holds.
  Optional<String> rule(Dataset dataset, Column column) {
    String name = column.name();
    String full = dataset.name() + "." + name;
    return rules.stream()
        .filter(
            rule -> rule.names().matcher(full).matches() || rule.names().matcher(name).matches())
        .findFirst()
        .map(Rule::sql);
  }

  private String field(Dataset dataset, Column column) {
    String sql = rule(dataset, column).orElseGet(() -> fallback(column));
    sql = VALUES.matcher(sql).replaceAll(Matcher.quoteReplacement(pick(column.values())));
    sql = KEY_OF.matcher(sql).replaceAll(match -> Long.toString(key(match.group(1))));
    sql = sql.replace("(@", "(s, " + key(column.name()));
    if (column.values().equals(List.of("0", "1"))) {
      sql = "(" + sql + ")::INT";
    }
    return "  CAST(%s AS %s) AS \"%s\"".formatted(sql, type(column.type()), column.name());
  }

  private static String fallback(Column column) {
    if (!column.values().isEmpty()) {
      return "values";
    }
    return switch (column.type()) {
      case STRING -> "blank(@, pick(@, ['Standard', 'Premium', 'Basic', 'Other']))";
      case INTEGER -> "pareto(@)";
      case DECIMAL -> "lognormal(@, 100, 1.3)";
      case DATE -> "day";
      case TIMESTAMP -> "moment";
      case BOOLEAN -> "flag(@, 0.3)";
      case MONTH -> "month";
    };
  }

  private static String pick(List<String> values) {
    return values.stream()
        .map(value -> "'" + value.replace("'", "''") + "'")
        .collect(Collectors.joining(", ", "pick(@, [", "])"));
  }

  /// Apart by more than the offsets that the macros of `world.sql` add.
  private static long key(String column) {
    return 1000 + (column.hashCode() & 0xFFFFFF) * 16L;
  }

  private static Column asColumn(Measure measure) {
    return new Column(measure.name(), measure.type(), "", false, List.of());
  }

  private static String type(ColumnType type) {
    return switch (type) {
      case STRING -> "VARCHAR";
      case INTEGER -> "BIGINT";
      case DECIMAL -> "DECIMAL(18, 2)";
      case DATE, MONTH -> "DATE";
      case TIMESTAMP -> "TIMESTAMP";
      case BOOLEAN -> "BOOLEAN";
    };
  }

  /// One line: `Name, Dataset.Name, *Ending = SQL`.
  private record Rule(Pattern names, String sql) {
    static Rule parse(String line) {
      int split = line.indexOf(" = ");
      if (split < 0) {
        throw new IllegalStateException("A rule of the sample data has no ' = ': " + line);
      }
      String names =
          Stream.of(line.substring(0, split).split(","))
              .map(name -> name.strip().replace(".", "\\.").replace("*", ".*"))
              .collect(Collectors.joining("|"));
      int anyCasing = Pattern.CASE_INSENSITIVE;
      return new Rule(Pattern.compile(names, anyCasing), line.substring(split + 3).strip());
    }
  }
}
