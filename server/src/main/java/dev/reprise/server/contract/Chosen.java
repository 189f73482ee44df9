package dev.reprise.server.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The part of a contract that holds for one document: `x-only` decided, texts filled in.
final class Chosen {
  private static final String ONLY = "x-only";
  private static final String VALUE = "value";

  private final Terms terms;

  private Chosen(Terms terms) {
    this.terms = terms;
  }

  static Map<String, @Nullable Object> of(Map<?, ?> contract, Terms terms) {
    return new Chosen(terms).map(contract);
  }

  private @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> map(map);
      case List<?> list -> list(list);
      case String text -> terms.fill(text);
      case null -> null;
      default -> value;
    };
  }

  private Map<String, @Nullable Object> map(Map<?, ?> map) {
    Map<String, @Nullable Object> chosen = new LinkedHashMap<>();
    map.forEach((key, value) -> {
      if (!ONLY.equals(key) && isWanted(value)) {
        chosen.put(String.valueOf(key), value(value));
      }
    });
    if (chosen.get("properties") instanceof Map<?, ?> properties
        && chosen.get("required") instanceof List<?> required) {
      chosen.put("required", required.stream().filter(properties::containsKey).toList());
    }
    return chosen;
  }

  private List<@Nullable Object> list(List<?> list) {
    List<@Nullable Object> chosen = new ArrayList<>();
    for (Object element : list) {
      if (isWanted(element)) {
        chosen.add(
            value(element instanceof Map<?, ?> map && isChoice(map) ? map.get(VALUE) : element));
      }
    }
    return chosen;
  }

  /// Whether this only carries a value that some documents have in a list.
  private static boolean isChoice(Map<?, ?> element) {
    return element.keySet().equals(Set.of(ONLY, VALUE));
  }

  private boolean isWanted(@Nullable Object value) {
    return !(value instanceof Map<?, ?> map && map.get(ONLY) instanceof List<?> only)
        || terms.fit(only);
  }
}
