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

  private Parameters(Map<String, String> values) {
    this.values = values;
  }

  /// Reads a query string.
  ///
  /// @param query as it came, after the `?`; may be empty
  public static Parameters parse(String query) {
    Map<String, String> values = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      String before = values.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
      if (before != null && !before.equals(value)) {
        throw ErrorCode.VALUE_INVALID.because(
            name + " is given twice, as " + before + " and " + value);
      }
    }
    return new Parameters(values);
  }

  /// The value; an empty one is the same as none.
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)))
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

  private static String decode(String text) {
    return Percents.decodeForm(text, "query string");
  }
}
