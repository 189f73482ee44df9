package dev.reprise.server.wire;

import dev.reprise.api.ErrorCode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The parameters of a query string: names in any casing, `+` and `%20` are spaces.
public final class Parameters {
  /// The parameter in links to the next part of a list.
  public static final String SKIP = "skip";

  private final Map<String, String> values;

  /// Why a value cannot be told, for parameters that came twice with different ones. Refused only
  /// when asked for: what nobody reads may hold anything.
  private final Map<String, String> clashes;

  private Parameters(Map<String, String> values, Map<String, String> clashes) {
    this.values = values;
    this.clashes = clashes;
  }

  /// Reads a query string.
  ///
  /// @param query as it came, after the `?`; may be empty
  public static Parameters parse(String query) {
    Map<String, String> values = new HashMap<>();
    Map<String, String> clashes = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      String key = name.toLowerCase(Locale.ROOT);
      String before = values.putIfAbsent(key, value);
      if (before != null && !before.equals(value)) {
        clashes.put(key, name + " is given twice, as " + before + " and " + value);
      }
    }
    return new Parameters(values, clashes);
  }

  /// The value; an empty one is the same as none.
  public Optional<String> text(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    String clash = clashes.get(key);
    if (clash != null) {
      throw ErrorCode.VALUE_INVALID.because(clash);
    }
    return Optional.ofNullable(values.get(key))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /// The parts of a value that is a list separated by `;`; empty if there is none.
  public List<String> list(String name) {
    return text(name).map(value -> List.of(value.split(";", -1))).orElse(List.of()).stream()
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /// How many records of a list to pass over, as a link to its next part says.
  public int skip() {
    Optional<String> value = text(SKIP);
    if (value.filter(text -> !text.matches("[0-9]{1,9}")).isPresent()) {
      throw ErrorCode.VALUE_INVALID.because(SKIP + " should be a number, not " + value.get());
    }
    return value.map(Integer::parseInt).orElse(0);
  }

  /// `true` or `false` in any casing.
  public boolean flag(String name, boolean otherwise) {
    Optional<String> value = text(name).map(text -> text.toLowerCase(Locale.ROOT));
    if (value.isEmpty()) {
      return otherwise;
    }
    return switch (value.get()) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw ErrorCode.VALUE_INVALID.because(
              name + " can only be true or false, not " + value.get());
    };
  }

  static String decode(String text) {
    return Percents.decodeForm(text, "query string");
  }
}
