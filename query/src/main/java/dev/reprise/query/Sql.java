package dev.reprise.query;

import java.util.List;

/// SQL that DuckDB, PostgreSQL and Trino understand alike, with the values it is run with.
///
/// - Shape: `parameters` stand for the `?` in order; each is a String, Long, BigDecimal or Boolean.
///   Days and timestamps are ISO text that the SQL casts.
///
/// @param streamed whether each row can be handed on as it is read, so that running it holds little
///   in memory however many there are; sorts and groups hold much
public record Sql(
    String text, List<Object> parameters, List<OutputColumn> columns, boolean streamed) {
  public Sql {
    parameters = List.copyOf(parameters);
    columns = List.copyOf(columns);
  }
}
