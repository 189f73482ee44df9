package dev.reprise.server.contract;

import dev.reprise.server.wire.WireProfile;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Spells the names of properties as a wire profile does: where they are declared and required, in
/// examples, and in what is said about them.
final class Spelling {
  private static final Pattern COMPOUND = Pattern.compile("\\b[A-Z][a-z]+([A-Z][a-z]+)+\\b");

  private final WireProfile profile;
  private final Set<String> names = new HashSet<>();

  private Spelling(WireProfile profile) {
    this.profile = profile;
  }

  static Map<String, @Nullable Object> of(
      Map<String, @Nullable Object> document, WireProfile profile) {
    var spelling = new Spelling(profile);
    Tree.at(document, "components", "schemas").values().forEach(spelling::collect);
    return spelling.map(document, false);
  }

  private void collect(@Nullable Object schema) {
    if (schema instanceof Map<?, ?> map && map.get("properties") instanceof Map<?, ?> properties) {
      properties.keySet().forEach(name -> names.add(String.valueOf(name)));
    }
  }

  /// @param ours whether the keys are names of properties, if they are any that we know
  private Map<String, @Nullable Object> map(Map<?, ?> map, boolean ours) {
    Map<String, @Nullable Object> spelled = new LinkedHashMap<>();
    map.forEach((key, value) -> {
      String name = String.valueOf(key);
      boolean here = ours && names.contains(name);
      spelled.put(here ? profile.key(name) : name, value(name, value, ours));
    });
    return spelled;
  }

  private @Nullable Object value(String key, @Nullable Object value, boolean ours) {
    return switch (value) {
      // The keys of a property's schema are no names; those below an example all may be.
      case Map<?, ?> map -> map(map, key.equals("properties") || key.equals("value"));
      case List<?> list when key.equals("required") -> list.stream().map(this::name).toList();
      case List<?> list -> list.stream().map(element -> value(key, element, ours)).toList();
      case String text when key.equals("description") ->
          COMPOUND.matcher(text).replaceAll(found -> name(found.group()));
      case null -> null;
      default -> value;
    };
  }

  private String name(Object name) {
    String text = String.valueOf(name);
    return names.contains(text) ? profile.key(text) : text;
  }
}
