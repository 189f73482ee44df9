package dev.reprise.server.engine;

import dev.reprise.api.Format;
import dev.reprise.query.ColumnType;
import dev.reprise.query.OutputColumn;
import dev.reprise.query.Sql;
import java.util.stream.Collectors;

/// The statement that writes the rows of a query to a file; its last parameter is where to.
final class DuckDbCopy {
  /// What begins a formula in spreadsheets: `=`, `+`, `-` and `@`.
  private static final String FORMULA_STARTS = "(61, 43, 45, 64)";

  private DuckDbCopy() {}

  /// RFC 4180 for both formats: with an empty QUOTE, tabs inside of TSV fields would be written as
  /// they are.
  ///
  /// @param formulaGuard whether a text that begins like a formula gets an apostrophe before it
  static String of(Sql sql, Format format, boolean formulaGuard) {
    String delimiter =
        switch (format) {
          case CSV -> ",";
          case TSV -> "\t";
        };
    return """
    COPY (%s) TO ? (FORMAT csv, HEADER true, DELIMITER '%s', QUOTE '"', ESCAPE '"', \
    NULLSTR '', DATEFORMAT '%%Y-%%m-%%d', TIMESTAMPFORMAT '%%Y-%%m-%%dT%%H:%%M:%%SZ', \
    USE_TMP_FILE false)\
    """
        .formatted(formulaGuard ? guarded(sql) : sql.text(), delimiter);
  }

  private static String guarded(Sql sql) {
    return sql.columns().stream()
        .map(DuckDbCopy::guarded)
        .collect(Collectors.joining(", ", "SELECT ", " FROM (" + sql.text() + ")"));
  }

  /// Numbers and dates stay: no spreadsheet computes them.
  private static String guarded(OutputColumn column) {
    String name = '"' + column.name().replace("\"", "\"\"") + '"';
    return column.type() == ColumnType.STRING
        ? "CASE WHEN ascii(%1$s) IN %2$s THEN '''' || %1$s ELSE %1$s END AS %1$s"
            .formatted(name, FORMULA_STARTS)
        : name;
  }
}
