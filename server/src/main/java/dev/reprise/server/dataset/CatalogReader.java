package dev.reprise.server.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.reprise.query.Column;
import dev.reprise.query.ColumnType;
import dev.reprise.query.Dataset;
import dev.reprise.query.DateRange;
import dev.reprise.query.Measure;
import dev.reprise.query.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the catalog token by token: it is on the way to every start, and binding would cost more
/// than the file.
final class CatalogReader {
  private final JsonParser json;
  private String place = "the list of datasets";

  private CatalogReader(JsonParser json) {
    this.json = json;
  }

  static List<Dataset> read(InputStream in) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(in)) {
      CatalogReader reader = new CatalogReader(json);
      json.nextToken();
      return reader.list(() -> reader.entry().dataset());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The catalog is not JSON: " + e.getMessage(), e);
    }
  }

  /// Reads one dataset that stands alone, with where its rows are.
  static Entry one(InputStream in) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(in)) {
      json.nextToken();
      CatalogReader reader = new CatalogReader(json);
      reader.place = "the dataset";
      return reader.entry();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("It is not JSON: " + e.getMessage(), e);
    }
  }

  /// A dataset and where its rows are, if that is said.
  record Entry(Dataset dataset, Optional<String> source, Optional<String> table) {}

  private Entry entry() throws IOException {
    Map<String, String> texts = new HashMap<>();
    List<DateRange> ranges = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    List<Metric> metrics = new ArrayList<>();
    List<Measure> measures = new ArrayList<>();
    expect(JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "availableDateRanges" -> ranges.addAll(list(() -> constant(DateRange.class, text())));
        case "columns" -> columns.addAll(list(this::column));
        case "metrics" -> metrics.addAll(list(this::metric));
        case "measures" -> measures.addAll(list(this::measure));
        default -> scalar(texts, field);
      }
      place = "dataset " + texts.getOrDefault("name", "without a name yet");
    }
    Dataset dataset =
        new Dataset(
            required(texts, "program"),
            required(texts, "name"),
            required(texts, "description"),
            Optional.ofNullable(texts.get("dateColumn")),
            hours(required(texts, "minimumRecurrenceInterval")),
            ranges,
            columns,
            metrics,
            measures);
    check(dataset);
    return new Entry(
        dataset, Optional.ofNullable(texts.get("source")), Optional.ofNullable(texts.get("table")));
  }

  private Column column() throws IOException {
    Map<String, String> texts = new HashMap<>();
    List<String> values = new ArrayList<>();
    expect(JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals("values")) {
        values.addAll(list(this::text));
      } else {
        scalar(texts, field);
      }
    }
    return new Column(
        required(texts, "name"),
        constant(ColumnType.class, required(texts, "type")),
        required(texts, "description"),
        sensitive(texts),
        values);
  }

  private Metric metric() throws IOException {
    Map<String, String> texts = scalars();
    return new Metric(
        required(texts, "name"),
        constant(Metric.Function.class, required(texts, "function")),
        required(texts, "of"),
        constant(ColumnType.class, required(texts, "type")),
        sensitive(texts));
  }

  private Measure measure() throws IOException {
    Map<String, String> texts = scalars();
    return new Measure(
        required(texts, "name"), constant(ColumnType.class, required(texts, "type")));
  }

  private Map<String, String> scalars() throws IOException {
    Map<String, String> texts = new HashMap<>();
    expect(JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      scalar(texts, field);
    }
    return texts;
  }

  private void scalar(Map<String, String> texts, String field) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NULL) {
      texts.put(field, text());
    }
  }

  private String text() throws IOException {
    if (!json.currentToken().isScalarValue()) {
      throw wrong("expected a plain value, found " + json.currentToken());
    }
    return json.getText();
  }

  private <T> List<T> list(Element<T> element) throws IOException {
    expect(JsonToken.START_ARRAY);
    List<T> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements.add(element.read());
    }
    return elements;
  }

  private void check(Dataset dataset) {
    Set<String> fields = new HashSet<>();
    for (Column column : dataset.columns()) {
      if (!fields.add(Program.key(column.name()))) {
        throw wrong("column " + column.name() + " is there twice");
      }
    }
    for (Measure measure : dataset.measures()) {
      if (!fields.add(Program.key(measure.name()))) {
        throw wrong("measure " + measure.name() + " has the name of another field");
      }
    }
    for (Metric metric : dataset.metrics()) {
      if (!fields.contains(Program.key(metric.of()))) {
        throw wrong("metric %s is of %s, no field".formatted(metric.name(), metric.of()));
      }
    }
    dataset
        .dateColumn()
        .filter(name -> !fields.contains(Program.key(name)))
        .ifPresent(name -> {
          throw wrong("the date column " + name + " is no column");
        });
  }

  private String required(Map<String, String> texts, String field) {
    String value = texts.get(field);
    if (value == null) {
      throw wrong(field + " is missing in " + texts);
    }
    return value;
  }

  private int hours(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalStateException(wrong("not a number of hours: " + text).getMessage(), e);
    }
  }

  private <E extends Enum<E>> E constant(Class<E> type, String text) {
    String name = text.toUpperCase(Locale.ROOT);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw wrong("'%s' is not a %s".formatted(text, type.getSimpleName()));
  }

  private static boolean sensitive(Map<String, String> texts) {
    return Boolean.parseBoolean(texts.get("sensitive"));
  }

  private void expect(JsonToken token) {
    if (json.currentToken() != token) {
      throw wrong("expected " + token + ", found " + json.currentToken());
    }
  }

  private IllegalStateException wrong(String what) {
    return new IllegalStateException(
        "The catalog is wrong in %s, line %d: %s"
            .formatted(place, json.currentLocation().getLineNr(), what));
  }

  /// Reads one element of a list, whose first token is the current one.
  private interface Element<T> {
    T read() throws IOException;
  }
}
