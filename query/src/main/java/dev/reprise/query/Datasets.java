package dev.reprise.query;

import java.util.List;
import java.util.Optional;

/// The datasets that a caller may query.
public interface Datasets {
  /// The dataset with this name in any casing.
  Optional<Dataset> named(String name);

  /// All names as the catalog spells them, for suggestions.
  List<String> names();
}
