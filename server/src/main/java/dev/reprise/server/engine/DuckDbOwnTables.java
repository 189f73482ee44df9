package dev.reprise.server.engine;

import dev.reprise.query.Column;
import dev.reprise.query.ColumnType;
import dev.reprise.query.Dataset;
import dev.reprise.query.Measure;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Makes tables that lie outside of the datasets' file known to an instance, and checks that they
/// are as they are described.
public final class DuckDbOwnTables {
  private DuckDbOwnTables() {}

  /// What is wrong with the table of a dataset, in words for who brings it; empty if nothing is.
  ///
  /// @param settings which know the table
  public static Optional<String> fault(EngineSettings settings, Dataset dataset) {
    Map<String, ColumnType> fields = new LinkedHashMap<>();
    for (Column column : dataset.columns()) {
      fields.put(column.name(), column.type());
    }
    for (Measure measure : dataset.measures()) {
      fields.put(measure.name(), measure.type());
    }
    String sql = "SELECT " + names(fields.keySet()) + " FROM " + quoted(dataset.name());
    try (DuckDbInstance instance = DuckDbInstance.open(settings)) {
      return fault(fields, instance.prepare(sql, List.of()).getMetaData());
    } catch (SQLException | UncheckedIOException e) {
      return Optional.of(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  /// Attaches and names what the instance may read; call it before the fence is closed.
  ///
  /// @return the single files that have to be let through the fence
  static List<Path> join(Statement statement, List<OwnTable> tables) throws SQLException {
    List<Path> allowed = new ArrayList<>();
    Map<Path, String> attached = new LinkedHashMap<>();
    for (OwnTable table : tables) {
      String rows;
      if (table.isParquet()) {
        List<Path> files = table.files();
        if (files.isEmpty()) {
          throw new SQLException("there is no file " + table.source());
        }
        allowed.addAll(files);
        rows = "read_parquet(" + literals(files) + ", union_by_name = true)";
      } else {
        rows = database(statement, table.source(), attached) + ".main." + quoted(table.table());
      }
      statement.execute(
          "CREATE VIEW %s AS SELECT %s FROM %s"
              .formatted(quoted(table.name()), names(table.fields()), rows));
    }
    return allowed;
  }

  private static String database(Statement statement, Path file, Map<Path, String> attached)
      throws SQLException {
    String known = attached.get(file);
    if (known != null) {
      return known;
    }
    String name = "own" + attached.size();
    statement.execute("ATTACH %s AS %s (READ_ONLY)".formatted(literal(file), name));
    attached.put(file, name);
    return name;
  }

  static String literals(List<Path> paths) {
    return paths.stream().map(DuckDbOwnTables::literal).collect(Collectors.joining(", ", "[", "]"));
  }

  static String literal(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }

  private static Optional<String> fault(Map<String, ColumnType> fields, ResultSetMetaData found)
      throws SQLException {
    int column = 1;
    for (Map.Entry<String, ColumnType> field : fields.entrySet()) {
      String type = found.getColumnTypeName(column++);
      if (!fits(field.getValue(), type)) {
        return Optional.of(
            "%s is %s, but is described as %s"
                .formatted(field.getKey(), type, field.getValue().name().toLowerCase(Locale.ROOT)));
      }
    }
    return Optional.empty();
  }

  /// Others would be written in a form that the result files do not promise.
  private static boolean fits(ColumnType described, String type) {
    return switch (described) {
      case STRING -> type.equals("VARCHAR") || type.startsWith("ENUM");
      case INTEGER -> List.of("BIGINT", "INTEGER", "SMALLINT", "TINYINT").contains(type);
      case DECIMAL -> type.startsWith("DECIMAL");
      case DATE, MONTH -> type.equals("DATE");
      case TIMESTAMP -> type.equals("TIMESTAMP");
      case BOOLEAN -> type.equals("BOOLEAN");
    };
  }

  private static String names(Iterable<String> names) {
    List<String> quoted = new ArrayList<>();
    names.forEach(name -> quoted.add(quoted(name)));
    return String.join(", ", quoted);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
