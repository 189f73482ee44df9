package dev.reprise.query;

import java.util.List;

/// SQL that DuckDB, PostgreSQL and Trino understand alike, with the values it is run with.
///
/// - Shape: `parameters` stand for the `?` in order; each is a String, Long, BigDecimal or Boolean.
///   Days and timestamps are ISO text that the SQL casts.
public record Sql(String text, List<Object> parameters, List<OutputColumn> columns) {
  public Sql {
    parameters = List.copyOf(parameters);
    columns = List.copyOf(columns);
  }
}
