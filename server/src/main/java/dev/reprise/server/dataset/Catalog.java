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

/// All programs and their datasets, as the catalog's files have them.
public final class Catalog {
  private static final String FILE = "datasets.json";

  private final List<Dataset> datasets;
  private final Map<String, Program> programs = new LinkedHashMap<>();

  private Catalog(List<Dataset> datasets, List<Program> programs) {
    this.datasets = List.copyOf(datasets);
    programs.forEach(program -> this.programs.put(Program.key(program.name()), program));
  }

  /// Reads the catalog that the service ships with.
  public static Catalog load() {
    return load(CatalogFiles.SHIPPED);
  }

  /// Reads a catalog.
  ///
  /// @throws IllegalStateException if the datasets are wrong; the message says where
  /// @throws dev.reprise.server.setting.StartRefused if a file is missing or a program's is wrong
  public static Catalog load(CatalogFiles files) {
    try (InputStream in = files.open(FILE)) {
      List<Dataset> datasets = CatalogReader.read(in);
      Map<String, List<Dataset>> byProgram = new LinkedHashMap<>();
      for (Dataset dataset : datasets) {
        byProgram.computeIfAbsent(dataset.program(), name -> new ArrayList<>()).add(dataset);
      }
      List<Program> programs = new ArrayList<>();
      for (Map.Entry<String, List<Dataset>> program : byProgram.entrySet()) {
        programs.add(Program.of(ProgramReader.read(files, program.getKey()), program.getValue()));
      }
      return new Catalog(datasets, programs);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading the catalog", e);
    }
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
