package dev.reprise.server.dataset;

import dev.reprise.query.Dataset;
import dev.reprise.server.setting.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All programs and their datasets, as the catalog's files have them.
public final class Catalog {
  private static final String FILE = "datasets.json";

  private final List<Dataset> shipped;
  private final Map<String, Program> programs = new LinkedHashMap<>();

  private Catalog(List<Dataset> shipped, List<Program> programs) {
    this.shipped = List.copyOf(shipped);
    programs.forEach(program -> this.programs.put(Program.key(program.name()), program));
  }

  /// Reads the catalog that the service ships with.
  public static Catalog load() {
    return load(CatalogFiles.SHIPPED);
  }

  /// Reads a catalog.
  public static Catalog load(CatalogFiles files) {
    return load(files, OwnDatasets.NONE);
  }

  /// Reads a catalog and joins what an operator brings.
  ///
  /// @throws IllegalStateException if the datasets are wrong; the message says where
  /// @throws StartRefused if a file is missing, a program's is wrong, or an operator's dataset has
  ///   the name of another
  public static Catalog load(CatalogFiles shippedFiles, OwnDatasets own) {
    CatalogFiles files = own.over(shippedFiles);
    try (InputStream in = files.open(FILE)) {
      List<Dataset> shipped = CatalogReader.read(in);
      Map<String, List<Dataset>> byProgram = new LinkedHashMap<>();
      for (Dataset dataset : joined(shipped, own)) {
        byProgram.computeIfAbsent(dataset.program(), name -> new ArrayList<>()).add(dataset);
      }
      List<Program> programs = new ArrayList<>();
      for (Map.Entry<String, List<Dataset>> program : byProgram.entrySet()) {
        programs.add(Program.of(ProgramReader.read(files, program.getKey()), program.getValue()));
      }
      return new Catalog(shipped, programs);
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

  /// The datasets that the service ships with, whose rows are in its own file.
  public List<Dataset> datasets() {
    return shipped;
  }

  /// Names are those of tables, so that they are there once in all programs.
  private static List<Dataset> joined(List<Dataset> shipped, OwnDatasets own) {
    List<Dataset> all = new ArrayList<>(shipped);
    Set<String> names = new HashSet<>();
    shipped.forEach(dataset -> names.add(Program.key(dataset.name())));
    for (OwnDataset one : own.all()) {
      if (!names.add(Program.key(one.dataset().name()))) {
        throw new StartRefused("There are two datasets " + one.dataset().name());
      }
      all.add(one.dataset());
    }
    return all;
  }
}
