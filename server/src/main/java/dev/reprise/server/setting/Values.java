package dev.reprise.server.setting;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The values given by one source, or by several of which the first that has one wins.
final class Values {
  private static final String PREFIX = "REPRISE_";

  private final Map<String, Given> given = new HashMap<>();

  /// Those of environment variables that start with `REPRISE_`.
  static Values ofEnvironment(Map<String, String> environment) {
    Values values = new Values();
    new TreeMap<>(environment)
        .forEach((variable, value) -> {
          if (variable.startsWith(PREFIX)) {
            String place = "environment variable " + variable;
            Setting<?> setting =
                SettingTable.ALL.stream()
                    .filter(known -> known.variable().equals(variable))
                    .findFirst()
                    .orElseThrow(() -> unknown(variable, place, variables()));
            values.put(setting.name(), new Given(value, place));
          }
        });
    return values;
  }

  /// Adds a value; a second one for the same setting has to agree with the first.
  ///
  /// @throws StartRefused if there is no such setting, or it cannot have this value
  void put(String name, Given value) {
    Setting<?> setting =
        SettingTable.ALL.stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(() -> unknown(name, value.place()));
    Object parsed = setting.parse(value);
    Given before = given.putIfAbsent(name, value);
    if (before != null && !parsed.equals(setting.parse(before))) {
      throw new StartRefused(
          "%s: %s is %s, but %s says %s"
              .formatted(value.place(), name, value.value(), before.place(), before.value()));
    }
  }

  /// These, and those of another source where these have none.
  Values orElse(Values other) {
    Values both = new Values();
    both.given.putAll(other.given);
    both.given.putAll(given);
    return both;
  }

  Optional<Given> find(Setting<?> setting) {
    return Optional.ofNullable(given.get(setting.name()));
  }

  <T> T get(Setting<T> setting) {
    return setting.parse(find(setting).orElse(new Given(setting.fallback(), "default")));
  }

  static StartRefused unknown(String name, String place) {
    return unknown(name, place, SettingTable.ALL.stream().<String>map(Setting::name).toList());
  }

  private static StartRefused unknown(String name, String place, List<String> known) {
    return new StartRefused(
        "%s: there is no setting %s; did you mean %s?"
            .formatted(place, name, nearest(name, known)));
  }

  private static List<String> variables() {
    return SettingTable.ALL.stream().<String>map(Setting::variable).toList();
  }

  /// The one of some known names that another was most likely meant to be.
  static String nearest(String name, List<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .orElseThrow();
  }

  /// How many characters to add, drop or change (Levenshtein), less for a part of a longer name.
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    int part = !from.isEmpty() && to.contains(from) ? to.length() - from.length() : 0;
    return row[to.length()] - part;
  }
}
