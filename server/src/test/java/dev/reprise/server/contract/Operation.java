package dev.reprise.server.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One call as a document has it.
///
/// @param path a template, such as `/ScheduledReport/{reportId}`
/// @param method in lower case
public record Operation(String path, String method, Map<String, Object> definition) {
  public String id() {
    return String.valueOf(definition.get("operationId"));
  }

  public boolean takesBody() {
    return definition.containsKey("requestBody");
  }

  Map<?, ?> response(int status) {
    return Tree.at(definition, "responses").get(String.valueOf(status))
            instanceof Map<?, ?> response
        ? response
        : Map.of();
  }

  /// Everything that this promises: each status, each message, each error.
  List<String> promises() {
    List<String> promises = new ArrayList<>();
    Tree.at(definition, "responses")
        .forEach((status, response) -> {
          promises.add(id() + " " + status);
          content(response)
              .forEach((type, content) -> {
                for (Object error : examples(content).keySet()) {
                  promises.add(id() + " " + status + " " + error);
                }
                for (Object message : messages(content)) {
                  promises.add(id() + " " + status + " " + message);
                }
              });
        });
    return promises;
  }

  static Map<?, ?> content(@Nullable Object response) {
    return response instanceof Map<?, ?> map && map.get("content") instanceof Map<?, ?> content
        ? content
        : Map.of();
  }

  static Map<?, ?> examples(@Nullable Object content) {
    return content instanceof Map<?, ?> map && map.get("examples") instanceof Map<?, ?> examples
        ? examples
        : Map.of();
  }

  /// The messages that an answer may have; none where any text may stand.
  static List<?> messages(@Nullable Object content) {
    Map<?, ?> properties = under(under(content, "schema"), "properties");
    for (String key : List.of("Message", "message")) {
      if (under(properties, key).get("enum") instanceof List<?> messages) {
        return messages;
      }
    }
    return List.of();
  }

  private static Map<?, ?> under(@Nullable Object tree, String key) {
    return tree instanceof Map<?, ?> map && map.get(key) instanceof Map<?, ?> found
        ? found
        : Map.of();
  }

  /// Whether a path, in any casing, is one of this call; a literal segment fits better than a
  /// parameter.
  boolean fits(String asked) {
    String[] segments = asked.split("/", -1);
    String[] template = path.split("/", -1);
    if (segments.length != template.length) {
      return false;
    }
    for (int i = 0; i < segments.length; i++) {
      boolean parameter = template[i].startsWith("{");
      if (!parameter && !lower(segments[i]).equals(lower(template[i]))) {
        return false;
      }
    }
    return true;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
