package dev.reprise.server.contract;

import dev.reprise.query.Column;
import dev.reprise.query.Dataset;
import dev.reprise.server.dataset.ProgramFile;
import dev.reprise.server.dataset.Programs.Base;
import dev.reprise.server.wire.WireProfile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The contract as one OpenAPI document for each base path, true for the wire profile in use.
///
/// - Limits: made when asked for, since few ask and a start should be quick.
final class Contract {
  private static final String PROGRAM = "/openapi/program.yaml";
  private static final String OWN = "/openapi/own.yaml";
  private static final int SAMPLE_COLUMNS = 3;

  private final WireProfile profile;
  private final boolean testClock;

  Contract(WireProfile profile, boolean testClock) {
    this.profile = profile;
    this.testClock = testClock;
  }

  /// The document of a base path of a program, as JSON.
  byte[] of(Base base) {
    String version = base.version().segment();
    Dataset dataset = base.program().datasets().getFirst();
    String columns =
        dataset.columns().stream()
            .limit(SAMPLE_COLUMNS)
            .map(Column::name)
            .collect(Collectors.joining(", "));
    Map<String, String> texts = new HashMap<>();
    texts.put("program", base.program().name());
    texts.put("version", version);
    texts.put("dataset", dataset.name());
    texts.put(
        "query",
        "SELECT %s FROM %s TIMESPAN %s"
            .formatted(columns, dataset.name(), dataset.dateRanges().getFirst()));
    Set<String> words = words();
    words.addAll(List.of(base.program().name(), version));
    Map<String, @Nullable Object> document =
        document(PROGRAM, new Terms(words, texts), base.path());
    ProgramFile.Look look = base.program().look(base.version());
    show(document, "Dataset", look.datasetFields());
    show(document, "Report", look.reportFields());
    show(document, "Execution", look.executionFields());
    return Tree.json(Spelling.of(document, profile));
  }

  /// Leaves a schema the fields that the program shows, in their order.
  private static void show(
      Map<String, @Nullable Object> document, String schema, List<String> fields) {
    Map<String, @Nullable Object> record = Tree.at(document, "components", "schemas", schema);
    Map<String, @Nullable Object> all = Tree.at(record, "properties");
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    for (String field : fields) {
      if (!all.containsKey(field)) {
        throw new IllegalStateException("The contract has no field " + field + " of " + schema);
      }
      shown.put(field, all.get(field));
    }
    record.put("required", fields);
    record.put("properties", shown);
  }

  /// The document of our own calls, which are spelled the same in every profile.
  byte[] ofOwn() {
    return Tree.json(document(OWN, new Terms(words(), Map.of()), "/"));
  }

  private Set<String> words() {
    Set<String> words = new HashSet<>();
    words.add(
        switch (profile) {
          case DOCUMENTED -> "documented";
          case LIVE -> "live";
        });
    words.add(testClock ? "test-clock" : "real-clock");
    return words;
  }

  private static Map<String, @Nullable Object> document(String file, Terms terms, String server) {
    Map<String, @Nullable Object> document = Chosen.of(Tree.read(file), terms);
    // Relative, so that it fits wherever the caller reached us.
    document.put("servers", List.of(Tree.map("url", server)));
    Responses.writeOut(document);
    return document;
  }
}
