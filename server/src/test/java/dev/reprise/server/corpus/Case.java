package dev.reprise.server.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// One request and its answer, as a file of the corpus has them; its README says what the keys
/// mean.
public record Case(Map<String, @Nullable Object> values) {
  private static final List<String> FILES = List.of("queries.yaml", "reports.yaml", "life.yaml");
  private static final Set<String> KEYS =
      Set.of(
          ("case shows at profile given as token call query headers body status message starts"
                  + " records total redacted")
              .split(" ", -1));
  private static final List<String> BASES =
      List.of("cmp v1", "cmp v1.1", "cmp old", "mpn v1", "mpn v1.1");

  /// All of the corpus.
  public static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String file : FILES) {
      for (Object entry : read("/corpus/" + file)) {
        Case read = of(entry);
        if (!names.add(read.name())) {
          throw new IllegalStateException(file + " has a case twice: " + read.name());
        }
        cases.add(read);
      }
    }
    return cases;
  }

  private static List<?> read(String resource) {
    try (InputStream in = Case.class.getResourceAsStream(resource)) {
      return (List<?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Case of(Object entry) {
    Case read = new Case((Map<String, @Nullable Object>) entry);
    for (String required : List.of("case", "shows", "call", "status", "message")) {
      if (read.values.get(required) == null) {
        throw new IllegalStateException(entry + " has no " + required);
      }
    }
    if (!KEYS.containsAll(read.values.keySet()) || !BASES.containsAll(read.bases())) {
      throw new IllegalStateException("a key or a base path is unknown in " + entry);
    }
    return read;
  }

  public String name() {
    return text("case");
  }

  /// Program and version of each base path that this is sent to.
  public List<String> bases() {
    return values.containsKey("at") ? list("at") : BASES;
  }

  /// The path of a base, such as `/insights/v1/cmp`.
  public static String path(String base) {
    String[] words = base.split(" ", -1);
    return words[1].equals("old")
        ? "/analytics/" + words[0]
        : "/insights/" + words[1] + "/" + words[0];
  }

  public boolean isFor(String profile) {
    return values.getOrDefault("profile", profile) instanceof String only && only.equals(profile);
  }

  public List<String> given() {
    return list("given");
  }

  public String text(String key) {
    return String.valueOf(values.get(key));
  }

  public Optional<String> optional(String key) {
    return Optional.ofNullable(values.get(key)).map(String::valueOf);
  }

  public int status() {
    return Integer.parseInt(text("status"));
  }

  public Map<?, ?> map(String key) {
    return values.get(key) instanceof Map<?, ?> map ? map : Map.of();
  }

  private List<String> list(String key) {
    return values.get(key) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }
}
