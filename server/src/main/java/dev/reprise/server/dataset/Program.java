package dev.reprise.server.dataset;

import dev.reprise.query.Dataset;
import dev.reprise.query.Datasets;
import dev.reprise.server.wire.ApiVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The datasets that callers reach under one name, such as `cmp`. Names fit in any casing.
public record Program(ProgramFile file, List<Dataset> datasets, Map<String, Dataset> byName)
    implements Datasets {
  public Program {
    datasets = List.copyOf(datasets);
    byName = Map.copyOf(byName);
  }

  static Program of(ProgramFile file, List<Dataset> datasets) {
    Map<String, Dataset> byName = new LinkedHashMap<>();
    for (Dataset dataset : datasets) {
      if (byName.put(key(dataset.name()), dataset) != null) {
        throw new IllegalStateException(
            "The catalog has dataset %s twice in program %s"
                .formatted(dataset.name(), file.name()));
      }
    }
    return new Program(file, datasets, byName);
  }

  public String name() {
    return file.name();
  }

  /// How it shows itself under a version.
  public ProgramFile.Look look(ApiVersion version) {
    ProgramFile.Look look = file.versions().get(version);
    if (look == null) {
      throw new IllegalStateException(name() + " was read without " + version);
    }
    return look;
  }

  @Override
  public Optional<Dataset> named(String dataset) {
    return Optional.ofNullable(byName.get(key(dataset)));
  }

  /// In the order of the catalog.
  @Override
  public List<String> names() {
    return datasets.stream().map(Dataset::name).toList();
  }

  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
