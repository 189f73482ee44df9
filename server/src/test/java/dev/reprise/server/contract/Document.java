package dev.reprise.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.reprise.server.world.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A contract as the service serves it: holds answers against itself, and knows which of its
/// promises have been seen kept.
public final class Document {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Pattern PLACE = Pattern.compile("\\(\\d+:\\d+\\)");
  private static final String REFERENCE = "#/components/schemas/";

  private final Map<String, @Nullable Object> tree;
  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, Schema> schemas = new HashMap<>();
  private final Set<String> kept = new HashSet<>();

  public Document(Map<String, @Nullable Object> tree) {
    this.tree = tree;
    Tree.at(tree, "paths")
        .forEach((path, methods) ->
            Tree.at(methods)
                .forEach((method, definition) ->
                    operations.add(new Operation(path, method, definition(definition)))));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> definition(@Nullable Object definition) {
    return definition == null ? Map.of() : (Map<String, Object>) definition;
  }

  public Map<String, @Nullable Object> tree() {
    return tree;
  }

  public List<Operation> operations() {
    return operations;
  }

  /// The methods of each path.
  public Map<String, Set<String>> methods() {
    return operations.stream()
        .collect(
            Collectors.groupingBy(
                Operation::path,
                Collectors.mapping(
                    operation -> operation.method().toUpperCase(Locale.ROOT), Collectors.toSet())));
  }

  /// The call that a path below the base belongs to.
  public Operation operation(String method, String path) {
    String plain = path.replaceFirst("\\?.*", "").replaceFirst("/$", "");
    return operations.stream()
        .filter(operation -> operation.method().equalsIgnoreCase(method))
        .filter(operation -> operation.fits(plain))
        .min(
            Comparator.comparingInt(
                operation -> operation.path().indexOf('{') + 1000 * count(operation)))
        .orElseThrow(() -> new AssertionError(method + " " + plain + " is not in the document"));
  }

  private static int count(Operation operation) {
    return (int) operation.path().chars().filter(c -> c == '{').count();
  }

  /// Asserts that the document promises this answer.
  public void check(Operation operation, Reply reply) {
    Map<?, ?> response = operation.response(reply.status());
    String what = operation.id() + " " + reply.status();
    assertThat(response).as(what + " is documented: " + reply.body()).isNotEmpty();
    if (response.containsKey("headers")) {
      assertThat(reply.response().headers().firstValue("MS-CorrelationId")).as(what).isPresent();
    }
    kept.add(what);
    String type =
        reply.response().headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
    Object content = Operation.content(response).get(type);
    if (!(content instanceof Map<?, ?> map) || !(map.get("schema") instanceof Map<?, ?> schema)) {
      assertThat(
              Operation.content(response).keySet().contains(type)
                  || Operation.content(response).isEmpty())
          .as(what + " as " + type)
          .isTrue();
      return;
    }
    assertThat(schema(what, schema).validate(reply.body(), InputFormat.JSON))
        .as(what + ": " + reply.body())
        .isEmpty();
    checkOrder(what, reply.json(), schema);
    keep(what, content, reply);
  }

  private void keep(String what, Object content, Reply reply) {
    Map<?, ?> body = reply.json();
    String message =
        Stream.of("Message", "message", "detail")
            .filter(body::containsKey)
            .map(key -> String.valueOf(body.get(key)))
            .findFirst()
            .orElse("");
    List<String> fitting = new ArrayList<>();
    Operation.messages(content)
        .forEach(known -> {
          if (message.equals(known)) {
            fitting.add(what + " " + known);
          }
        });
    Operation.examples(content)
        .forEach((code, example) -> {
          String text = String.valueOf(((Map<?, ?>) example).get("summary"));
          boolean said =
              code.equals("QUERY_INVALID") ? PLACE.matcher(message).find() : begins(message, text);
          if (said && code.equals(body.containsKey("code") ? body.get("code") : code)) {
            fitting.add(what + " " + code);
          }
        });
    boolean open = Operation.messages(content).isEmpty() && Operation.examples(content).isEmpty();
    assertThat(open || !fitting.isEmpty()).as(what + " has no message: " + message).isTrue();
    kept.addAll(fitting);
  }

  private static boolean begins(String message, String text) {
    String pattern =
        Stream.of(text.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.compile("^" + pattern, Pattern.DOTALL).matcher(message).find();
  }

  private Schema schema(String what, Map<?, ?> schema) {
    return schemas.computeIfAbsent(
        what,
        key -> {
          Map<String, @Nullable Object> parts =
              new LinkedHashMap<>(Tree.at(tree, "components", "schemas"));
          parts.put("ToCheck", schema);
          Map<String, @Nullable Object> whole =
              Tree.map("$ref", REFERENCE + "ToCheck", "$defs", parts);
          return REGISTRY.getSchema(json(whole).replace(REFERENCE, "#/$defs/"));
        });
  }

  private static String json(Map<?, ?> tree) {
    return new String(Tree.json(tree), StandardCharsets.UTF_8);
  }

  /// Whether a request example is one that its schema takes.
  public void checkExamples(Operation operation) {
    if (!operation.takesBody()) {
      return;
    }
    Map<String, @Nullable Object> content =
        Tree.at(operation.definition(), "requestBody", "content", "application/json");
    Schema schema = schema(operation.id(), Tree.at(content, "schema"));
    Operation.examples(content)
        .forEach((name, example) -> {
          String json = json(Tree.at(example, "value"));
          assertThat(schema.validate(json, InputFormat.JSON))
              .as(operation.id() + " " + name)
              .isEmpty();
        });
  }

  /// Fields come in the order in which the document has them.
  private void checkOrder(String what, @Nullable Object value, Map<?, ?> schema) {
    Map<?, ?> resolved = resolved(schema);
    if (value instanceof List<?> list && resolved.get("items") instanceof Map<?, ?> items) {
      list.forEach(element -> checkOrder(what, element, kind(element, items)));
    }
    if (value instanceof Map<?, ?> map
        && resolved.get("properties") instanceof Map<?, ?> properties) {
      List<?> order = properties.keySet().stream().filter(map::containsKey).toList();
      assertThat(List.<Object>copyOf(map.keySet())).as(what).isEqualTo(order);
      properties.forEach((name, property) -> {
        if (property instanceof Map<?, ?> of) {
          checkOrder(what, map.get(name), of);
        }
      });
    }
  }

  /// Of schemas of several kinds the one that a record is of.
  private Map<?, ?> kind(@Nullable Object record, Map<?, ?> schema) {
    return schema.get("anyOf") instanceof List<?> kinds && record instanceof Map<?, ?> fields
        ? kinds.stream()
            .<Map<?, ?>>map(kind -> resolved((Map<?, ?>) kind))
            .filter(kind ->
                kind.get("properties") instanceof Map<?, ?> properties
                    && properties.keySet().containsAll(fields.keySet()))
            .findFirst()
            .orElse(schema)
        : schema;
  }

  private Map<?, ?> resolved(Map<?, ?> schema) {
    return schema.get("$ref") instanceof String reference
        ? Tree.at(tree, "components", "schemas", reference.substring(REFERENCE.length()))
        : schema;
  }

  /// What is promised and was not seen.
  public List<String> unseen() {
    return operations.stream()
        .flatMap(operation -> operation.promises().stream())
        .filter(promise -> !kept.contains(promise))
        .toList();
  }
}
