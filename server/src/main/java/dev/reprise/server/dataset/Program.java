package dev.reprise.server.dataset;

import dev.reprise.query.Dataset;
import dev.reprise.query.Datasets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The datasets that callers reach under one name, such as `cmp`. Names fit in any casing.
public record Program(String name, List<Dataset> datasets, Map<String, Dataset> byName)
    implements Datasets {
  public Program {
    datasets = List.copyOf(datasets);
    byName = Map.copyOf(byName);
  }

  static Program of(String name, List<Dataset> datasets) {
    Map<String, Dataset> byName = new LinkedHashMap<>();
    for (Dataset dataset : datasets) {
      if (byName.put(key(dataset.name()), dataset) != null) {
        throw new IllegalStateException(
            "The catalog has dataset %s twice in program %s".formatted(dataset.name(), name));
      }
    }
    return new Program(name, datasets, byName);
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
