package dev.reprise.query;

/// What a query can name: a [Column] or a [Metric] of its dataset.
public sealed interface Field permits Column, Metric {
  /// As headers and answers spell it.
  String name();

  ColumnType type();

  /// Whether only an executive viewer may see its values.
  boolean sensitive();
}
