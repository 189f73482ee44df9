package dev.reprise.server.dataset;

import dev.reprise.server.setting.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The datasets that an operator brings: a folder with one description of each, as `datasets.json`
/// has them, and a `source` beside.
///
/// - Shape: `NAME.json` for a dataset, `programs/NAME.json` for a program that is not shipped.
public record OwnDatasets(Optional<Path> folder, List<OwnDataset> all) {
  /// Those of somebody who brings none.
  public static final OwnDatasets NONE = new OwnDatasets(Optional.empty(), List.of());

  public OwnDatasets {
    all = List.copyOf(all);
  }

  /// Reads the descriptions in a folder.
  ///
  /// @throws StartRefused naming the file, if one is wrong
  public static OwnDatasets in(Path given) {
    Path folder = given.toAbsolutePath().normalize();
    List<OwnDataset> all = new ArrayList<>();
    for (Path file : descriptions(folder)) {
      try (InputStream in = Files.newInputStream(file)) {
        all.add(read(in, folder));
      } catch (IOException | IllegalStateException e) {
        throw new StartRefused("%s: %s".formatted(file, e.getMessage()), e);
      }
    }
    return new OwnDatasets(Optional.of(folder), all);
  }

  /// The shipped files of the catalog, and the programs of this folder before them.
  CatalogFiles over(CatalogFiles shipped) {
    return name -> {
      if (folder.isPresent() && name.startsWith("programs/")) {
        Path own = folder.get().resolve(name);
        if (Files.exists(own)) {
          return Files.newInputStream(own);
        }
      }
      return shipped.open(name);
    };
  }

  private static List<Path> descriptions(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new StartRefused("The datasets cannot be read in %s: %s".formatted(folder, e), e);
    }
  }

  private static OwnDataset read(InputStream in, Path folder) throws IOException {
    CatalogReader.Entry entry = CatalogReader.one(in);
    String text = entry.source().orElseThrow(() -> new IllegalStateException("source is missing"));
    if (!text.endsWith(".parquet") && !text.endsWith(".duckdb")) {
      throw new IllegalStateException(
          "source is %s, but must end with .parquet or .duckdb".formatted(text));
    }
    String table = entry.table().orElse(entry.dataset().name());
    return new OwnDataset(entry.dataset(), folder.resolve(text).normalize(), table);
  }
}
