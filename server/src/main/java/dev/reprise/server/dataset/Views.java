package dev.reprise.server.dataset;

import dev.reprise.server.setting.StartRefused;
import dev.reprise.server.wire.ApiVersion;
import dev.reprise.server.wire.Field;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How records of one kind look under each program and version: what its file names, each name
/// joined to its value once, at the start.
///
/// @param <T> the record, with all that its fields show
public final class Views<T> {
  private final Map<String, Map<ApiVersion, List<Shown<T>>>> views = new HashMap<>();

  /// @param names which of its lists of fields is about these records
  /// @param values what each field shows; names fit in any casing
  /// @throws StartRefused if a program names a field that there is not, or one twice
  Views(
      List<Program> programs,
      Function<ProgramFile.Look, List<String>> names,
      Map<String, Function<T, @Nullable Object>> values) {
    Map<String, Function<T, @Nullable Object>> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    known.putAll(values);
    for (Program program : programs) {
      Map<ApiVersion, List<Shown<T>>> versions = new EnumMap<>(ApiVersion.class);
      for (ApiVersion version : ApiVersion.values()) {
        String where = program.name() + " " + version.segment();
        versions.put(version, join(names.apply(program.look(version)), known, where));
      }
      views.put(program.name(), versions);
    }
  }

  /// The fields of a record, as a call under this program and version answers them.
  public List<Field> of(T record, Program program, ApiVersion version) {
    List<Shown<T>> view =
        views.getOrDefault(program.name(), Map.of()).getOrDefault(version, List.of());
    List<Field> fields = new ArrayList<>(view.size());
    for (Shown<T> shown : view) {
      fields.add(new Field(shown.name(), shown.value().apply(record)));
    }
    return fields;
  }

  private static <T> List<Shown<T>> join(
      List<String> names, Map<String, Function<T, @Nullable Object>> known, String where) {
    List<Shown<T>> view = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      Function<T, @Nullable Object> value = known.get(name);
      if (value == null) {
        throw new StartRefused(
            "The catalog has an unknown field '%s' in %s; there are %s"
                .formatted(name, where, String.join(", ", known.keySet())));
      }
      if (!seen.add(Program.key(name))) {
        throw new StartRefused("The catalog has field '%s' twice in %s".formatted(name, where));
      }
      view.add(new Shown<>(name, value));
    }
    return List.copyOf(view);
  }

  /// A field under the name that the program gives it.
  private record Shown<T>(String name, Function<T, @Nullable Object> value) {}
}
