package dev.reprise.server.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.RecordMapper;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.exception.SQLStateClass;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// A statement that each connection keeps: written and prepared when it first runs there, from then
/// on only bound and run. Writing and preparing cost several times what running does, so what every
/// request needs is one of these.
///
/// - Shape: values are given in the order of the places that [#given] left for them.
public final class JooqKept {
  private final Query query;
  private final Field<?>[] selected;

  /// Keeps a statement.
  ///
  /// @param selected the columns of its rows, as the table has them: those of the query itself have
  ///   other names, under which jOOQ finds a value thirty times more slowly
  public JooqKept(Query query, Field<?>... selected) {
    this.query = query;
    this.selected = selected.clone();
  }

  /// The place of a value of a column.
  public static <T> Param<T> given(Field<T> column) {
    return DSL.val((Object) null, column);
  }

  /// The places of the values of columns, each to be set to its own.
  public static Map<Field<?>, Object> given(Collection<Field<?>> columns) {
    Map<Field<?>, Object> places = new LinkedHashMap<>();
    columns.forEach(column -> places.put(column, given(column)));
    return places;
  }

  /// The one row that fits, if there is one.
  public <T> Optional<T> find(
      DSLContext dsl, RecordMapper<Record, T> mapper, @Nullable Object... values) {
    return list(dsl, mapper, values).stream().findFirst();
  }

  /// All rows that fit.
  public <T> List<T> list(
      DSLContext dsl, RecordMapper<Record, T> mapper, @Nullable Object... values) {
    Prepared prepared = prepared(dsl);
    try (ResultSet rows = prepared.bind(values).executeQuery()) {
      return dsl.fetch(rows, selected).map(mapper);
    } catch (SQLException e) {
      throw failed(dsl, prepared, e);
    }
  }

  /// Writes, and answers how many rows that met.
  public int run(DSLContext dsl, @Nullable Object... values) {
    Prepared prepared = prepared(dsl);
    try {
      return prepared.bind(values).executeUpdate();
    } catch (SQLException e) {
      throw failed(dsl, prepared, e);
    }
  }

  /// The context lives as long as its connection, and so does what it holds.
  private Prepared prepared(DSLContext dsl) {
    return (Prepared)
        dsl.configuration().data().computeIfAbsent(this, kept -> Prepared.of(query, dsl));
  }

  /// The driver may have closed the statement; the next to run it prepares it afresh.
  private DataAccessException failed(DSLContext dsl, Prepared prepared, SQLException e) {
    dsl.configuration().data().remove(this);
    DataAccessException translated = translated(prepared.sql(), e);
    try {
      prepared.statement().close();
    } catch (SQLException closing) {
      translated.addSuppressed(closing);
    }
    return translated;
  }

  /// As jOOQ does for its own statements: who broke a rule of the tables can be told from a store
  /// that fails.
  private static DataAccessException translated(String sql, SQLException e) {
    return DataAccessException.sqlStateClass(e) == SQLStateClass.C23_INTEGRITY_CONSTRAINT_VIOLATION
        ? new IntegrityConstraintViolationException("SQL [" + sql + "]", e)
        : new DataAccessException("SQL [" + sql + "]", e);
  }

  /// The statement on one connection, and the columns whose values it takes.
  private record Prepared(String sql, PreparedStatement statement, List<Param<?>> places) {
    static Prepared of(Query query, DSLContext dsl) {
      String sql = dsl.render(query);
      PreparedStatement statement =
          dsl.connectionResult(connection -> connection.prepareStatement(sql));
      return new Prepared(sql, statement, places(query));
    }

    private static List<Param<?>> places(Query query) {
      List<Param<?>> places = new ArrayList<>();
      for (Param<?> param : query.getParams().values()) {
        if (!param.isInline()) {
          places.add(param);
        }
      }
      return places;
    }

    PreparedStatement bind(@Nullable Object... values) throws SQLException {
      if (values.length != places.size()) {
        throw new IllegalArgumentException(values.length + " values for " + sql);
      }
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, stored(places.get(i), values[i]));
      }
      return statement;
    }

    /// The value as its column keeps it.
    private static <T> @Nullable Object stored(Field<T> column, @Nullable Object value) {
      return value == null ? null : column.getConverter().to(column.getType().cast(value));
    }
  }
}
