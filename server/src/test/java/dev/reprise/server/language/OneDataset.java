package dev.reprise.server.language;

import dev.reprise.query.Dataset;
import dev.reprise.query.Datasets;
import java.util.List;
import java.util.Optional;

/// A catalog of one dataset.
record OneDataset(Dataset dataset) implements Datasets {
  @Override
  public Optional<Dataset> named(String name) {
    return Optional.of(dataset).filter(known -> known.name().equalsIgnoreCase(name));
  }

  @Override
  public List<String> names() {
    return List.of(dataset.name());
  }
}
