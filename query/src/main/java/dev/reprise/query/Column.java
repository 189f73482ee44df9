package dev.reprise.query;

import java.util.List;

/// One field of each row of a dataset.
///
/// @param name as headers and answers spell it
/// @param sensitive whether only an executive viewer may see its values
/// @param values the values that occur, where they are a short known list; else empty
public record Column(
    String name, ColumnType type, String description, boolean sensitive, List<String> values)
    implements Field {
  public Column {
    values = List.copyOf(values);
  }
}
