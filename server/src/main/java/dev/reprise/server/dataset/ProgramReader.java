package dev.reprise.server.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.reprise.server.setting.StartRefused;
import dev.reprise.server.wire.ApiVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Reads the file of one program, token by token as the catalog is read.
final class ProgramReader {
  private static final Pattern BASE_PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");
  private static final List<String> LISTS =
      List.of("reportFields", "executionFields", "datasetFields");

  private final JsonParser json;
  private final String file;

  private ProgramReader(JsonParser json, String file) {
    this.json = json;
    this.file = file;
  }

  /// @throws StartRefused if the file is missing or wrong; the line says where
  static ProgramFile read(CatalogFiles files, String program) throws IOException {
    String file = "programs/" + Program.key(program) + ".json";
    try (InputStream in = files.open(file);
        JsonParser json = new JsonFactory().createParser(in)) {
      json.nextToken();
      return new ProgramReader(json, file).program(program);
    } catch (JsonProcessingException e) {
      throw new StartRefused(
          "The catalog's %s is not JSON: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  private ProgramFile program(String expected) throws IOException {
    String name = "";
    List<String> oldBasePaths = List.of();
    Map<ApiVersion, ProgramFile.Look> versions = new EnumMap<>(ApiVersion.class);
    expect(JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "program" -> name = text();
        case "oldBasePaths" -> oldBasePaths = texts();
        default ->
            versions.put(ApiVersion.of(field).orElseThrow(() -> unknown(field)), look(field));
      }
    }
    if (!name.equals(expected)) {
      throw wrong("it is of program '%s', not of '%s'".formatted(name, expected));
    }
    for (String path : oldBasePaths) {
      if (!BASE_PATH.matcher(path).matches()) {
        throw wrong("'" + path + "' is no base path such as /analytics/" + name);
      }
    }
    for (ApiVersion version : ApiVersion.values()) {
      if (!versions.containsKey(version)) {
        throw wrong(version.segment() + " is missing");
      }
    }
    return new ProgramFile(name, oldBasePaths, versions);
  }

  private ProgramFile.Look look(String version) throws IOException {
    OptionalInt tryRows = OptionalInt.empty();
    Map<String, List<String>> lists = new HashMap<>();
    expect(JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals("tryRows")) {
        expect(JsonToken.VALUE_NUMBER_INT);
        tryRows = OptionalInt.of(json.getIntValue());
      } else if (LISTS.contains(field)) {
        lists.put(field, texts());
      } else {
        throw unknown(version + "." + field);
      }
    }
    for (String list : LISTS) {
      if (!lists.containsKey(list)) {
        throw wrong(version + "." + list + " is missing");
      }
    }
    if (tryRows.isPresent() && tryRows.getAsInt() < 1) {
      throw wrong(version + ".tryRows is " + tryRows.getAsInt() + ", below 1");
    }
    return new ProgramFile.Look(
        tryRows,
        lists.getOrDefault("reportFields", List.of()),
        lists.getOrDefault("executionFields", List.of()),
        lists.getOrDefault("datasetFields", List.of()));
  }

  private List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    expect(JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(text());
    }
    return texts;
  }

  private String text() throws IOException {
    expect(JsonToken.VALUE_STRING);
    return json.getText();
  }

  private void expect(JsonToken token) {
    if (json.currentToken() != token) {
      throw wrong("expected " + token + ", found " + json.currentToken());
    }
  }

  private StartRefused unknown(String field) {
    return wrong("there is no " + field);
  }

  private StartRefused wrong(String what) {
    return new StartRefused(
        "The catalog's %s is wrong near line %d: %s"
            .formatted(file, json.currentLocation().getLineNr(), what));
  }
}
