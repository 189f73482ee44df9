package dev.reprise.server.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.reprise.api.ErrorCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The one JSON object of a request body: keys in any casing, null the same as absent.
///
/// - Limits: a key may come twice, in any casing, when the values agree or one is null; one with a
///   list or an object may not.
public final class RequestBody {
  private static final int LONGEST_NUMBER = 100;
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9]+(\\.[0-9]*)?([eE][-+]?[0-9]{1,9})?");

  /// What stands for a list, an object, or null in a list. Text cannot be half a pair of UTF-16, so
  /// no text is it.
  private static final String NESTED = "\ud800";

  private final Map<String, String> values;

  /// Keys that came twice with different values. Refused only when asked for: what nobody reads may
  /// hold anything.
  private final Set<String> clashes;

  /// All keys as they are written, also those whose value is null.
  private final Set<String> keys = new LinkedHashSet<>();

  private final Map<String, RequestBody> objects = new HashMap<>();
  private final Map<String, List<String>> lists = new HashMap<>();

  private RequestBody(Map<String, String> values, Set<String> clashes) {
    this.values = values;
    this.clashes = clashes;
  }

  /// Reads a body.
  ///
  /// @param bytes UTF-8; none at all is an empty object
  public static RequestBody parse(byte[] bytes) {
    if (bytes.length == 0) {
      return new RequestBody(new HashMap<>(), new HashSet<>());
    }
    try (JsonParser json = Json.FACTORY.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw ErrorCode.BODY_INVALID.because("it should be one JSON object");
      }
      RequestBody body = object(json);
      if (json.nextToken() != null) {
        throw ErrorCode.BODY_INVALID.because("something follows the JSON object");
      }
      return body;
    } catch (IOException e) {
      throw ErrorCode.BODY_INVALID.because("it is not valid JSON");
    }
  }

  private static RequestBody object(JsonParser json) throws IOException {
    var body = new RequestBody(new HashMap<>(), new HashSet<>());
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      body.keys.add(json.currentName());
      String key = json.currentName().toLowerCase(Locale.ROOT);
      json.nextToken();
      Optional<String> value = body.value(key, json);
      Optional<String> before = value.map(given -> body.values.putIfAbsent(key, given));
      boolean nested = value.filter(NESTED::equals).isPresent();
      if (before.isPresent() && (nested || !before.equals(value))) {
        body.clashes.add(key);
      }
    }
    return body;
  }

  private Optional<String> value(String key, JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NULL -> Optional.empty();
      case START_OBJECT -> {
        objects.put(key, object(json));
        yield Optional.of(NESTED);
      }
      case START_ARRAY -> {
        lists.put(key, texts(json));
        yield Optional.of(NESTED);
      }
      default -> Optional.of(json.getText());
    };
  }

  private static List<String> texts(JsonParser json) throws IOException {
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      JsonToken token = json.currentToken();
      boolean isText = !token.isStructStart() && token != JsonToken.VALUE_NULL;
      texts.add(isText ? json.getText() : NESTED);
      json.skipChildren();
    }
    return texts;
  }

  /// This body, with other values for what is absent in it.
  ///
  /// @param without keys whose values here do not count
  public RequestBody orElse(Map<String, String> defaults, List<String> without) {
    Map<String, String> merged = new HashMap<>();
    defaults.forEach((name, value) -> merged.put(name.toLowerCase(Locale.ROOT), value));
    Map<String, String> own = new HashMap<>(values);
    Set<String> clashing = new HashSet<>(clashes);
    for (String name : without) {
      own.remove(name.toLowerCase(Locale.ROOT));
      clashing.remove(name.toLowerCase(Locale.ROOT));
    }
    own.values().removeIf(String::isBlank);
    merged.putAll(own);
    return new RequestBody(merged, clashing);
  }

  /// The value as text, whether it came as text or not; text of spaces is the same as none.
  public Optional<String> text(String name) {
    Optional<String> value = Optional.ofNullable(values.get(unambiguous(name)));
    if (value.filter(NESTED::equals).isPresent()) {
      throw ErrorCode.BODY_INVALID.because(name + " should be one value, not a list or an object");
    }
    if (value.filter(RequestBody::isNoText).isPresent()) {
      throw ErrorCode.BODY_INVALID.because(name + " has a character that is no text");
    }
    return value.filter(text -> !text.isBlank());
  }

  /// Refuses keys and texts that say nothing. For what would do more than was meant, were they
  /// passed over.
  ///
  /// @param names the keys that there are
  public void refuseUnclear(String... names) {
    Set<String> known = new HashSet<>();
    for (String name : names) {
      known.add(name.toLowerCase(Locale.ROOT));
    }
    for (String key : keys) {
      if (isNoText(key)) {
        throw ErrorCode.BODY_INVALID.because("a key has a character that is no text");
      }
      if (!known.contains(key.toLowerCase(Locale.ROOT))) {
        throw ErrorCode.VALUE_INVALID.because(
            "there is no " + key + ", only " + String.join(", ", names));
      }
      if (Optional.ofNullable(values.get(key.toLowerCase(Locale.ROOT)))
          .filter(String::isBlank)
          .isPresent()) {
        throw ErrorCode.VALUE_INVALID.because(key + " is empty");
      }
    }
  }

  /// Whether there is a value, other than null.
  public boolean has(String name) {
    return values.containsKey(name.toLowerCase(Locale.ROOT));
  }

  /// An object in this one.
  public Optional<RequestBody> object(String name) {
    Optional<RequestBody> object = Optional.ofNullable(objects.get(unambiguous(name)));
    if (object.isEmpty() && values.containsKey(name.toLowerCase(Locale.ROOT))) {
      throw ErrorCode.BODY_INVALID.because(name + " should be an object");
    }
    return object;
  }

  /// The texts of a list, or of one text that separates them by `;`; empty if there is none.
  public List<String> list(String name) {
    List<String> list = lists.get(unambiguous(name));
    if (list == null) {
      return text(name).map(text -> List.of(text.split(";", -1))).orElse(List.of()).stream()
          .map(String::strip)
          .filter(part -> !part.isEmpty())
          .toList();
    }
    if (list.stream().anyMatch(RequestBody::isNoText)) {
      throw ErrorCode.BODY_INVALID.because(name + " should be a list of texts");
    }
    return List.copyOf(list);
  }

  private String unambiguous(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    if (clashes.contains(key)) {
      throw ErrorCode.BODY_INVALID.because(name + " is given twice with different values");
    }
    return key;
  }

  /// Whether there is a control character, other than those of line ends and tabs, or half a pair.
  private static boolean isNoText(String text) {
    return text.codePoints()
        .anyMatch(point ->
            (Character.isISOControl(point) && "\t\n\r".indexOf(point) < 0)
                || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
  }

  /// The value as text, which must be there.
  public String required(String name) {
    return text(name).orElseThrow(() -> ErrorCode.VALUE_MISSING.because(name + " is required"));
  }

  /// A whole number, also when it came as text.
  ///
  /// @param refusal what is answered when it is not one
  public Optional<Integer> integer(String name, ErrorCode refusal, Object... limits) {
    return text(name)
        .map(value -> {
          try {
            String digits = value.strip();
            if (value.length() > LONGEST_NUMBER || !NUMBER.matcher(digits).matches()) {
              throw refusal.because(name + " is " + value, limits);
            }
            return new BigDecimal(digits).intValueExact();
          } catch (ArithmeticException | NumberFormatException e) {
            throw refusal.because(name + " is " + value, limits);
          }
        });
  }

  /// `true` or `false` in any casing, also when it came as text.
  public boolean flag(String name) {
    return switch (text(name).map(value -> value.toLowerCase(Locale.ROOT)).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw ErrorCode.VALUE_INVALID.because(
              name + " can only be true or false, not " + text(name).orElse(""));
    };
  }
}
