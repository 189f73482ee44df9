package dev.reprise.server.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// A document as maps, lists and scalars: read from YAML, written as JSON, in the same order.
final class Tree {
  private Tree() {}

  static Map<?, ?> read(String resource) {
    try (InputStream in = Tree.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("There is no " + resource + " on the class path");
      }
      return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + resource, e);
    }
  }

  /// A map that keeps the order in which it is written.
  static Map<String, @Nullable Object> map(@Nullable Object... keysAndValues) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return map;
  }

  /// The map that a path of keys leads to.
  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> at(@Nullable Object tree, String... keys) {
    Object place = tree;
    for (String key : keys) {
      place = place instanceof Map<?, ?> map ? map.get(key) : null;
    }
    if (place instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new IllegalStateException("The contract has no map at " + String.join(" ", keys));
  }

  static byte[] json(Map<?, ?> tree) {
    try (var bytes = new ByteArrayBuilder();
        JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      write(json, tree);
      json.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("JSON to memory", e);
    }
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    switch (value) {
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeFieldName(String.valueOf(entry.getKey()));
          write(json, entry.getValue());
        }
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        for (Object element : list) {
          write(json, element);
        }
        json.writeEndArray();
      }
      case String text -> json.writeString(text);
      case Boolean truth -> json.writeBoolean(truth);
      case Integer number -> json.writeNumber(number);
      case null -> json.writeNull();
      default -> throw new IllegalStateException("no JSON for " + value.getClass());
    }
  }
}
