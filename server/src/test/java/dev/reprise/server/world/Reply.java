package dev.reprise.server.world;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the service answered, as a test looks at it.
public record Reply(int status, String body, HttpResponse<String> response) {
  static Reply of(HttpResponse<String> response) {
    return new Reply(response.statusCode(), response.body(), response);
  }

  /// The body as maps, lists and scalars.
  public Map<String, @Nullable Object> json() {
    return Maps.of(body);
  }

  public String message() {
    return String.valueOf(json().get("Message"));
  }

  /// The records in Value.
  @SuppressWarnings("unchecked")
  public List<Map<String, @Nullable Object>> value() {
    Object value = json().get("Value");
    return value == null ? List.of() : (List<Map<String, @Nullable Object>>) value;
  }

  /// The one record in Value.
  public Map<String, @Nullable Object> one() {
    List<Map<String, @Nullable Object>> all = value();
    if (all.size() != 1) {
      throw new AssertionError("not one record: " + body);
    }
    return all.getFirst();
  }

  /// A field of the one record, as text.
  public String text(String field) {
    return String.valueOf(one().get(field));
  }
}
