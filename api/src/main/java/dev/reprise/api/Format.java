package dev.reprise.api;

import java.util.Locale;

/// How a result file separates its fields.
///
/// - Shape: callers write and read it in lower case, `csv` or `tsv`, which is the file's ending
///   too.
public enum Format {
  CSV,
  TSV;

  /// As callers see it and as file names end.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
