package dev.reprise.query;

/// An aggregate over the rows of a dataset, which a query selects by its name.
///
/// @param of the [Column] or [Measure] that is aggregated
/// @param type of the aggregate's value
/// @param sensitive whether only an executive viewer may see its values
public record Metric(String name, Function function, String of, ColumnType type, boolean sensitive)
    implements Field {

  /// The same aggregate over a field that is spelt in another way.
  Metric over(String field) {
    return new Metric(name, function, field, type, sensitive);
  }

  /// How the values become one. `SUM` of no rows is empty, `COUNT_DISTINCT` of no rows is 0.
  public enum Function {
    SUM,
    COUNT_DISTINCT
  }
}
