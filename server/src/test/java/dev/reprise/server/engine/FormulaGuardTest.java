package dev.reprise.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.api.Format;
import dev.reprise.query.ColumnType;
import dev.reprise.query.OutputColumn;
import dev.reprise.query.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormulaGuardTest {
  private static final List<String> TEXTS =
      Arrays.asList("=1+1", "+1", "-1", "@SUM(A1)", "'=1", " =1", "a=1", "", null, "\"=1");

  @TempDir private Path folder;

  @Test
  void textsThatBeginLikeFormulasGetAnApostropheAndNothingElseChanges() throws Exception {
    Fixture.ofTexts(folder, TEXTS).close();
    String rows = "SELECT v AS \"A \"\"b\"\"\", -i AS \"=N\" FROM \"Texts\" ORDER BY i DESC";
    var columns =
        List.of(
            new OutputColumn("A \"b\"", ColumnType.STRING, false),
            new OutputColumn("=N", ColumnType.INTEGER, false));
    try (var fixture = Fixture.guarded(folder)) {
      Path file = fixture.file("a.csv");
      fixture.engine.export(
          new Sql(rows, List.of(), columns, true), file, Format.CSV, Fixture.MINUTE, new Cancel());
      assertThat(Files.readString(file))
          .isEqualTo(
              """
              "A ""b""\",=N
              \"""=1",-9
              ,-8
              "",-7
              a=1,-6
               =1,-5
              '=1,-4
              '@SUM(A1),-3
              '-1,-2
              '+1,-1
              '=1+1,0
              """);
    }
  }

  @Test
  void textsOfAnEnumAreGuardedLikeOthers() throws Exception {
    String type = "CREATE TYPE kind AS ENUM ('=1', 'a', '')";
    String table = "CREATE TABLE kinds AS SELECT unnest(enum_range(NULL::kind))::kind AS v";
    Fixture.in(folder, type, table).close();
    try (var fixture = Fixture.guarded(folder)) {
      assertThat(fixture.csvText("SELECT v FROM kinds ORDER BY v")).isEqualTo("v\n'=1\na\n\"\"\n");
    }
  }

  @Test
  void theOrderOfManyRowsStays() throws Exception {
    // As many pieces as several threads can have sorted; 7 has no factor in common with them.
    String table = "CREATE TABLE many AS SELECT (range * 7) % 500000 AS n FROM range(500000)";
    Fixture.in(folder, table).close();
    String rows = "SELECT '-' || n AS t, n FROM many ORDER BY n DESC";
    var expected = new StringBuilder("t,n\n");
    for (int n = 499_999; n >= 0; n--) {
      expected.append('-').append(n).append(',').append(n).append('\n');
    }
    try (var fixture = Fixture.guarded(folder);
        var plain = Fixture.over(folder, 512L << 20, 512L << 20)) {
      String guarded = fixture.csvText(rows);
      assertThat(guarded.replace("'-", "-").contentEquals(expected)).isTrue();
      assertThat(guarded).contains("\n'-0,0\n");
      assertThat(plain.csvText(rows).contentEquals(expected)).isTrue();
    }
  }
}
