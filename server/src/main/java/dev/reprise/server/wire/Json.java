package dev.reprise.server.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Fields to JSON bytes.
public final class Json {
  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private Json() {}

  /// A value that is JSON already, and is written as it is.
  public record Text(String json) {}

  /// One object with the fields in their order.
  ///
  /// @param key how names are spelled
  public static byte[] object(List<Field> fields, UnaryOperator<String> key) {
    try (var bytes = new ByteArrayBuilder();
        JsonGenerator json = FACTORY.createGenerator(bytes)) {
      write(json, fields, key);
      json.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("JSON to memory", e);
    }
  }

  private static void write(JsonGenerator json, List<?> fields, UnaryOperator<String> key)
      throws IOException {
    json.writeStartObject();
    for (Object element : fields) {
      Field field = (Field) element;
      json.writeFieldName(field.verbatim() ? field.name() : key.apply(field.name()));
      writeValue(json, field.value(), key);
    }
    json.writeEndObject();
  }

  private static void writeValue(
      JsonGenerator json, @Nullable Object value, UnaryOperator<String> key) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Text written -> json.writeRawValue(written.json());
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case BigInteger number -> json.writeNumber(number);
      case BigDecimal number -> json.writeNumber(number);
      case Boolean truth -> json.writeBoolean(truth);
      case List<?> list -> writeList(json, list, key);
      default -> throw new IllegalStateException("no JSON for " + value.getClass());
    }
  }

  /// A list of fields is an object; any other list is an array.
  private static void writeList(JsonGenerator json, List<?> list, UnaryOperator<String> key)
      throws IOException {
    if (!list.isEmpty() && list.getFirst() instanceof Field) {
      write(json, list, key);
      return;
    }
    json.writeStartArray();
    for (Object element : list) {
      writeValue(json, element, key);
    }
    json.writeEndArray();
  }
}
