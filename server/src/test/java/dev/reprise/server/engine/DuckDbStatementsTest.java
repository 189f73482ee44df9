package dev.reprise.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.api.Format;
import dev.reprise.query.ColumnType;
import dev.reprise.query.OutputColumn;
import dev.reprise.query.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbStatementsTest {
  @TempDir private Path folder;

  @Test
  void thoseUsedLastAreKeptAndAllAreClosed() throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:")) {
      List<PreparedStatement> made = new ArrayList<>();
      try (var statements = new DuckDbStatements(connection)) {
        for (int i = 0; i < 4; i++) {
          made.add(statements.of("SELECT " + i));
        }
        assertThat(statements.of("SELECT 0")).isSameAs(made.get(0));
        made.add(statements.of("SELECT 4"));
        assertThat(made.get(1).isClosed()).isTrue();
        assertThat(statements.of("SELECT 0")).isSameAs(made.get(0));
        assertThat(made.get(2).isClosed()).isFalse();
        made.add(statements.of("SELECT 1"));
        assertThat(made.getLast()).isNotSameAs(made.get(1));
      }
      for (PreparedStatement statement : made) {
        assertThat(statement.isClosed()).isTrue();
      }
    }
  }

  @Test
  void oneThatHasFailedIsMadeAnew() throws Exception {
    String sql = "SELECT CAST(? AS INTEGER)";
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statements = new DuckDbStatements(connection)) {
      PreparedStatement failed = statements.of(sql);
      failed.setString(1, "a");
      assertThatThrownBy(failed::executeQuery).hasMessageContaining("Could not convert");
      PreparedStatement next = statements.of(sql);
      next.setString(1, "1");
      try (ResultSet row = next.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(row.getInt(1)).isEqualTo(1);
      }
    }
  }

  @Test
  void oneQueryFindsWhatEachOfItsValuesMeans() throws Exception {
    String table = "CREATE TABLE days AS SELECT 'day ' || i AS t, i FROM range(100) r (i)";
    try (var fixture = Fixture.in(folder, table)) {
      var columns = List.of(new OutputColumn("t", ColumnType.STRING, false));
      for (Format format : Format.values()) {
        for (int i = 0; i < 100; i++) {
          var sql = new Sql("SELECT t FROM days WHERE i = ?", List.of(i), columns, true);
          Path file = fixture.file(i + "." + format.word());
          fixture.engine.export(sql, file, format, Fixture.MINUTE, new Cancel());
          assertThat(Files.readString(file)).isEqualTo("t\nday " + i + "\n");
        }
      }
      assertThat(fixture.engine.idleInstances()).isEqualTo(1);
    }
  }
}
