package dev.reprise.query;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Limits;
import dev.reprise.query.Tree.Name;
import dev.reprise.query.Tree.Term;
import dev.reprise.query.Tree.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Holds a tree against the dataset it names.
final class Checker {
  private final Tree tree;
  private final Dataset dataset;
  private final Faults faults;
  private final Map<String, Field> fields = new HashMap<>();

  private final List<String> names;
  private final List<Field> select = new ArrayList<>();
  private final List<Filter> columnFilters = new ArrayList<>();
  private final List<Filter> metricFilters = new ArrayList<>();
  private final Map<String, Order> order = new LinkedHashMap<>();

  private Checker(Tree tree, Dataset dataset, Faults faults) {
    this.tree = tree;
    this.dataset = dataset;
    this.faults = faults;
    this.names =
        Stream.concat(dataset.columns().stream(), dataset.metrics().stream())
            .map(Field::name)
            .toList();
    dataset.metrics().forEach(metric -> fields.put(lower(metric.name()), metric));
    dataset.columns().forEach(column -> fields.put(lower(column.name()), column));
  }

  /// The checked query; without a value, or to be thrown away, if there are faults.
  static Optional<CheckedQuery> check(Tree tree, Datasets datasets, Faults faults) {
    if (tree.dataset().isEmpty()) {
      stars(tree, "ScheduledDataset lists them", faults);
      return Optional.empty();
    }
    Name name = tree.dataset().get();
    Optional<Dataset> dataset = datasets.named(name.text());
    if (dataset.isEmpty()) {
      faults.unknown(ErrorCode.DATASET_UNKNOWN, name, "is not a dataset", ".", datasets.names());
      stars(tree, "ScheduledDataset lists them", faults);
      return Optional.empty();
    }
    return Optional.of(new Checker(tree, dataset.get(), faults).check());
  }

  private static void stars(Tree tree, String rest, Faults faults) {
    tree.stars()
        .forEach(
            at -> faults.add(at, "SELECT * is not supported", ": name the columns; " + rest + "."));
  }

  private CheckedQuery check() {
    stars(
        tree,
        "%s has %d columns and %d metrics, listed by ScheduledDataset"
            .formatted(dataset.name(), dataset.columns().size(), dataset.metrics().size()),
        faults);
    select();
    tree.terms().forEach(this::condition);
    if (tree.terms().size() > Limits.QUERY_CONDITIONS) {
      faults.add(
          tree.terms().get(Limits.QUERY_CONDITIONS).name().at(),
          "WHERE has %d conditions".formatted(tree.terms().size()),
          ": %d at most; IN takes many values at once.".formatted(Limits.QUERY_CONDITIONS));
    }
    for (Tree.Ordering by : tree.order()) {
      field(by.name())
          .ifPresent(field -> order.putIfAbsent(field.name(), new Order(field, by.ascending())));
    }
    CheckedQuery query =
        new CheckedQuery(
            dataset,
            tree.distinct(),
            select,
            columnFilters,
            metricFilters,
            List.copyOf(order.values()),
            tree.limit(),
            range());
    if (query.grouped()) {
      orderBySelected();
    }
    return query;
  }

  private void select() {
    Set<String> seen = new HashSet<>();
    for (Name name : tree.select()) {
      field(name)
          .ifPresent(field -> {
            if (seen.add(field.name())) {
              select.add(field);
            } else {
              faults.add(
                  name.at(),
                  "'" + field.name() + "' is selected twice",
                  ": each header of a result has its own name.");
            }
          });
    }
  }

  private Optional<Field> field(Name name) {
    Optional<Field> field = Optional.ofNullable(fields.get(lower(name.text())));
    if (field.isEmpty()) {
      faults.unknown(
          ErrorCode.COLUMN_UNKNOWN,
          name,
          "is not a column or metric of " + dataset.name(),
          ".",
          names);
    }
    return field;
  }

  private void condition(Term term) {
    field(term.name())
        .flatMap(field -> filter(term, field))
        .ifPresent(filter -> {
          switch (filter.field()) {
            case Column column -> columnFilters.add(filter);
            case Metric metric -> metricFilters.add(filter);
          }
        });
  }

  private Optional<Filter> filter(Term term, Field field) {
    return switch (term) {
      case Term.Compare(var name, var operator, var value) -> {
        boolean ordered = operator != Operator.EQUAL && operator != Operator.NOT_EQUAL;
        if (ordered && field.type() == ColumnType.BOOLEAN) {
          faults.add(
              name.at(),
              "%s is true or false".formatted(field.name()),
              ": compare it with = or !=, not with " + operator.symbol() + ".");
        }
        yield literal(field, value).map(known -> new Filter.Compare(field, operator, known));
      }
      case Term.In(var name, var negated, var values) -> {
        List<Literal> literals =
            values.stream().map(value -> literal(field, value)).flatMap(Optional::stream).toList();
        yield Optional.of(new Filter.In(field, negated, literals));
      }
      case Term.Like(var name, var negated, var pattern) -> {
        if (field.type() != ColumnType.STRING) {
          faults.add(
              name.at(),
              "LIKE works on strings",
              "; %s is of type %s.".formatted(field.name(), lower(field.type().name())));
        }
        yield Optional.of(new Filter.Like(field, negated, pattern.text()));
      }
    };
  }

  private Optional<Literal> literal(Field field, Value value) {
    Optional<Literal> literal = Literals.read(field.type(), value.text());
    if (literal.isEmpty()) {
      faults.add(
          value.at(),
          Faults.shown(value.text()) + " does not fit " + field.name(),
          ", which is of type %s and takes %s."
              .formatted(lower(field.type().name()), Literals.accepted(field.type())));
    }
    return literal;
  }

  private void orderBySelected() {
    Set<String> selected = select.stream().map(Field::name).collect(Collectors.toSet());
    for (Tree.Ordering by : tree.order()) {
      if (fields.get(lower(by.name().text())) instanceof Column column
          && !selected.contains(column.name())) {
        faults.add(
            by.name().at(),
            "'" + column.name() + "' cannot order this query",
            ": with DISTINCT or a metric only selected columns and metrics can.");
      }
    }
  }

  private DateRange range() {
    if (tree.range().isEmpty()) {
      return dataset.defaultRange();
    }
    Name name = tree.range().get();
    List<DateRange> available = dataset.rangesToAskFor();
    for (DateRange range : available) {
      if (lower(range.name()).equals(lower(name.text()))) {
        return range;
      }
    }
    List<String> words = available.stream().map(DateRange::name).toList();
    faults.unknown(
        ErrorCode.QUERY_INVALID,
        name,
        "is not a date range of " + dataset.name(),
        dataset.dateColumn().isPresent()
            ? ": it has " + String.join(", ", words) + "."
            : ": it has no dates, so TIMESPAN can be left out.",
        words);
    return dataset.defaultRange();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
