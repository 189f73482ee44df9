package dev.reprise.server.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.reprise.server.dataset.CatalogFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The documented queries that every caller of a program has, from the catalog's file.
public final class SystemQueries {
  private final List<SavedQuery> queries;

  private SystemQueries(List<SavedQuery> queries) {
    this.queries = List.copyOf(queries);
  }

  /// Reads them.
  public static SystemQueries load(CatalogFiles files) {
    try (InputStream in = files.open("system-queries.json");
        JsonParser json = new JsonFactory().createParser(in)) {
      List<SavedQuery> queries = new ArrayList<>();
      expect(json, JsonToken.START_ARRAY);
      while (json.nextToken() == JsonToken.START_OBJECT) {
        queries.add(read(json));
      }
      return new SystemQueries(queries);
    } catch (IOException e) {
      throw new UncheckedIOException("reading catalog/system-queries.json", e);
    }
  }

  /// The system queries of a program, in the order of the catalog.
  public List<SavedQuery> of(String program) {
    return queries.stream().filter(query -> query.program().equals(program)).toList();
  }

  /// The system query with this id, in any casing.
  public Optional<SavedQuery> find(String program, String id) {
    return of(program).stream().filter(query -> query.id().equalsIgnoreCase(id)).findFirst();
  }

  private static SavedQuery read(JsonParser json) throws IOException {
    Map<String, String> values = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      values.put(name, json.getText());
    }
    return new SavedQuery(
        value(values, "queryId").toLowerCase(Locale.ROOT),
        value(values, "program"),
        Optional.empty(),
        value(values, "name"),
        Optional.ofNullable(values.get("description")),
        value(values, "query"),
        Instant.EPOCH);
  }

  private static String value(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("catalog/system-queries.json has a query without " + name);
    }
    return value;
  }

  private static void expect(JsonParser json, JsonToken token) throws IOException {
    if (json.nextToken() != token) {
      throw new IllegalStateException("catalog/system-queries.json does not begin with " + token);
    }
  }
}
