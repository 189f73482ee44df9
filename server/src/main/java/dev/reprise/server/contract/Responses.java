package dev.reprise.server.contract;

import dev.reprise.api.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes out the responses that a contract gives in short: `x-answer`, `x-refused`, `x-problem`.
/// Texts and advice come from [ErrorCode], so that they are written once.
final class Responses {
  private static final String SCHEMAS = "#/components/schemas/";
  private static final int TOO_MANY = 429;
  private static final List<String> ALWAYS = List.of("MS-CorrelationId");
  private static final List<String> LIMITED =
      List.of("MS-CorrelationId", "Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining");

  private final Map<String, @Nullable Object> schemas;

  private Responses(Map<String, @Nullable Object> schemas) {
    this.schemas = schemas;
  }

  /// Writes them out in place.
  static void writeOut(Map<String, @Nullable Object> document) {
    var responses = new Responses(Tree.at(document, "components", "schemas"));
    for (Object path : Tree.at(document, "paths").values()) {
      for (Object operation : Tree.at(path).values()) {
        Tree.at(operation, "responses").replaceAll(responses::response);
      }
    }
  }

  private @Nullable Object response(String status, @Nullable Object given) {
    if (!(given instanceof Map<?, ?> response)) {
      return given;
    }
    int code = Integer.parseInt(status);
    if (response.get("x-answer") instanceof Map<?, ?> answer) {
      return described(
          code,
          String.valueOf(response.get("description")),
          "application/json",
          Tree.map("schema", answered(answer, code)));
    }
    if (response.get("x-refused") instanceof List<?> names) {
      return refused(names, code, "application/json", refusal(code));
    }
    if (response.get("x-problem") instanceof List<?> names) {
      return refused(
          names, code, "application/problem+json", Tree.map("$ref", SCHEMAS + "Problem"));
    }
    return response;
  }

  private static Map<String, @Nullable Object> described(
      int status, String description, String type, Map<String, @Nullable Object> content) {
    return Tree.map(
        "description",
        description,
        "headers",
        headers(status == TOO_MANY ? LIMITED : ALWAYS),
        "content",
        Tree.map(type, content));
  }

  private static Map<String, @Nullable Object> headers(List<String> names) {
    Map<String, @Nullable Object> headers = new LinkedHashMap<>();
    names.forEach(name -> headers.put(name, Tree.map("$ref", "#/components/headers/" + name)));
    return headers;
  }

  private static Map<String, @Nullable Object> refused(
      List<?> names, int status, String type, Map<String, @Nullable Object> schema) {
    List<ErrorCode> codes =
        names.stream().map(name -> ErrorCode.valueOf(String.valueOf(name))).toList();
    Map<String, @Nullable Object> examples = new LinkedHashMap<>();
    for (ErrorCode code : codes) {
      if (code.status() != status) {
        throw new IllegalStateException(code + " stands under " + status + " in the contract");
      }
      Map<String, @Nullable Object> body =
          type.endsWith("problem+json") ? problem(code) : envelope(code);
      examples.put(code.name(), Tree.map("summary", text(code), "value", body));
    }
    String description =
        codes.stream()
            .map(code -> "- `" + text(code) + "`: " + code.advice())
            .collect(Collectors.joining("\n"));
    return described(status, description, type, Tree.map("schema", schema, "examples", examples));
  }

  private static Map<String, @Nullable Object> envelope(ErrorCode code) {
    return Tree.map(
        "Value", List.of(), "TotalCount", 0, "Message", text(code), "StatusCode", code.status());
  }

  private static Map<String, @Nullable Object> problem(ErrorCode code) {
    return Tree.map(
        "type", "about:blank", "status", code.status(), "detail", text(code), "code", code.name());
  }

  private static String text(ErrorCode code) {
    return code.text().replace("%s", "…");
  }

  private Map<String, @Nullable Object> answered(Map<?, ?> answer, int status) {
    return enveloped(
        Tree.map("type", "array", "items", records(answer.get("records"))),
        Tree.map("enum", answer.get("messages")),
        status);
  }

  /// Of one kind, or of one of several.
  private static Map<String, @Nullable Object> records(@Nullable Object kinds) {
    return kinds instanceof List<?> several
        ? Tree.map("anyOf", several.stream().map(Responses::records).toList())
        : Tree.map("$ref", SCHEMAS + kinds);
  }

  private Map<String, @Nullable Object> refusal(int status) {
    return enveloped(Tree.map("type", "array", "maxItems", 0), Tree.map("type", "string"), status);
  }

  /// The envelope of the contract, with what is known of its records, message and status.
  private Map<String, @Nullable Object> enveloped(
      Map<String, @Nullable Object> records, Map<String, @Nullable Object> message, int status) {
    Map<String, @Nullable Object> envelope = new LinkedHashMap<>(Tree.at(schemas, "Envelope"));
    Map<String, @Nullable Object> properties = new LinkedHashMap<>(Tree.at(envelope, "properties"));
    properties.put("Value", records);
    properties.put("Message", message);
    properties.put("StatusCode", Tree.map("const", status));
    envelope.put("properties", properties);
    return envelope;
  }
}
