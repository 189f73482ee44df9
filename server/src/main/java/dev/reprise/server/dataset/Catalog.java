package dev.reprise.server.dataset;

import dev.reprise.query.Dataset;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All programs and their datasets, as `catalog/datasets.json` on the class path has them.
public final class Catalog {
  private static final String FILE = "/catalog/datasets.json";

  private final List<Dataset> datasets;
  private final Map<String, Program> programs = new LinkedHashMap<>();

  private Catalog(List<Dataset> datasets) {
    this.datasets = List.copyOf(datasets);
    Map<String, List<Dataset>> byProgram = new LinkedHashMap<>();
    for (Dataset dataset : datasets) {
      byProgram.computeIfAbsent(dataset.program(), name -> new ArrayList<>()).add(dataset);
    }
    byProgram.forEach((name, of) -> programs.put(Program.key(name), Program.of(name, of)));
  }

  /// Reads the catalog that the service ships with.
  ///
  /// @throws IllegalStateException if the file is missing or wrong; the message says where
  public static Catalog load() {
    try (InputStream in = Catalog.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("The catalog " + FILE + " is not on the class path");
      }
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading the catalog " + FILE, e);
    }
  }

  static Catalog read(InputStream json) throws IOException {
    return new Catalog(CatalogReader.read(json));
  }

  public Optional<Program> program(String name) {
    return Optional.ofNullable(programs.get(Program.key(name)));
  }

  public List<Program> programs() {
    return List.copyOf(programs.values());
  }

  public List<Dataset> datasets() {
    return datasets;
  }
}
