package dev.reprise.server.dataset;

import dev.reprise.server.setting.StartRefused;
import java.io.IOException;
import java.io.InputStream;

/// Where the files of the catalog come from: `datasets.json`, `system-queries.json`, and for each
/// program `programs/<its name>.json`.
@FunctionalInterface
public interface CatalogFiles {
  /// The files that the service ships with.
  CatalogFiles SHIPPED =
      name -> {
        InputStream in = CatalogFiles.class.getResourceAsStream("/catalog/" + name);
        if (in == null) {
          throw new StartRefused("The catalog has no file " + name);
        }
        return in;
      };

  /// A file, from its beginning.
  InputStream open(String name) throws IOException;
}
