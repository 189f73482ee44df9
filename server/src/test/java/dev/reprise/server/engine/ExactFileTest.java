package dev.reprise.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.reprise.api.Format;
import dev.reprise.query.ColumnType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Result files, read back by a reader that is not the engine's.
class ExactFileTest {
  private static final List<String> TEXTS =
      Arrays.asList(
          "plain",
          "",
          null,
          "a\"b",
          "\"",
          "\"\"",
          "\"quoted\"",
          "a,b",
          "a\tb",
          "\t",
          "a\nb",
          "a\rb",
          "a\r\nb",
          "\r",
          "\n",
          " leading",
          "trailing ",
          "  ",
          "#x",
          "'q'",
          "NULL",
          "null",
          "\\",
          "\\N",
          "a\\\"b",
          "😀 𝄞 ü İı",
          "\uFEFFmark",
          "a\u2028b\u0085c",
          "=1+1",
          "-0.10",
          "a;b|c",
          "long, \"" + "x\n".repeat(300_000));

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void everyTextComesBackAsItWas(Format format) throws Exception {
    try (var fixture = Fixture.ofTexts(folder, TEXTS)) {
      Path file = fixture.file("a." + format.word());
      var sql =
          fixture.sql(
              "SELECT i AS \"Id\", v AS \"A \"\"B\"\", c\", i AS z FROM \"Texts\" ORDER BY i");
      assertThat(fixture.engine.export(sql, file, format, Fixture.MINUTE, new Cancel()))
          .isEqualTo(new Export.Done(TEXTS.size()));
      List<CsvRecord> records = read(file, format);
      assertThat(records.getFirst().getFields()).containsExactly("Id", "A \"B\", c", "z");
      List<String> texts = new ArrayList<>();
      for (CsvRecord record : records.subList(1, records.size())) {
        assertThat(record.getFieldCount()).isEqualTo(3);
        texts.add(record.getField(1));
      }
      assertThat(texts).isEqualTo(TEXTS.stream().map(text -> text == null ? "" : text).toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void quotesAreWrittenOnlyWhereNeeded(Format format) throws Exception {
    var texts = List.of("a", " b ", "c\"d", "e\tf", "g,h", "", "#i", "\\'j", "k\nl", "m\rn");
    try (var fixture = Fixture.ofTexts(folder, texts)) {
      Path file = fixture.file("a." + format.word());
      var sql = fixture.sql("SELECT v, NULL AS n FROM \"Texts\" ORDER BY i");
      fixture.engine.export(sql, file, format, Fixture.MINUTE, new Cancel());
      String expected =
          switch (format) {
            case CSV ->
                """
                v,n
                a,
                 b ,
                "c""d",
                e\tf,
                "g,h",
                "",
                #i,
                \\'j,
                "k
                l",
                "m\rn",
                """;
            case TSV ->
                """
                v\tn
                a\t
                 b \t
                "c""d"\t
                "e\tf"\t
                g,h\t
                ""\t
                #i\t
                \\'j\t
                "k
                l"\t
                "m\rn"\t
                """;
          };
      assertThat(Files.readString(file)).isEqualTo(expected);
    }
  }

  /// Texts that the engine stores as numbers of a list.
  @ParameterizedTest
  @EnumSource
  void textsOfAnEnumAreWrittenLikeOthers(Format format) throws Exception {
    String[] statements = {
      "CREATE TYPE kind AS ENUM ('plain', '', 'a,b', 'c\"d', 'e\tf', 'g\nh')",
      "CREATE TABLE kinds AS SELECT i, CASE WHEN i < 6 THEN enum_range(NULL::kind)[i + 1] END::kind"
          + " AS v FROM range(7) r (i)"
    };
    try (var fixture = Fixture.in(folder, statements)) {
      Path file = fixture.file("a." + format.word());
      var sql = fixture.sql("SELECT v, i FROM kinds ORDER BY i");
      assertThat(sql.columns().getFirst().type()).isEqualTo(ColumnType.STRING);
      assertThat(fixture.engine.export(sql, file, format, Fixture.MINUTE, new Cancel()))
          .isEqualTo(new Export.Done(7));
      String expected =
          switch (format) {
            case CSV ->
                """
                v,i
                plain,0
                "",1
                "a,b",2
                "c""d",3
                e\tf,4
                "g
                h",5
                ,6
                """;
            case TSV ->
                """
                v\ti
                plain\t0
                ""\t1
                a,b\t2
                "c""d"\t3
                "e\tf"\t4
                "g
                h"\t5
                \t6
                """;
          };
      assertThat(Files.readString(file)).isEqualTo(expected);
    }
  }

  @Test
  void anEmptyFieldThatIsAloneIsAnEmptyLine() throws Exception {
    try (var fixture = Fixture.ofTexts(folder, Arrays.asList("a", null, ""))) {
      assertThat(fixture.csvText("SELECT v FROM \"Texts\" ORDER BY i")).isEqualTo("v\na\n\n\"\"\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHeaderIsQuotedLikeFields(Format format) throws Exception {
    List<String> names = List.of("a", "#b", "c,d", "e\tf", "g\"h", "i\nj", "k\rl", " m", "Z");
    String columns =
        names.stream()
            .map(name -> "1 AS \"" + name.replace("\"", "\"\"") + "\"")
            .collect(Collectors.joining(", "));
    try (var fixture = Fixture.ofTexts(folder, List.of("x"))) {
      Path file = fixture.file("a." + format.word());
      var sql = fixture.sql("SELECT " + columns + " FROM \"Texts\"");
      fixture.engine.export(sql, file, format, Fixture.MINUTE, new Cancel());
      assertThat(read(file, format).getFirst().getFields()).isEqualTo(names);
      assertThat(Files.readString(file))
          .startsWith(
              switch (format) {
                case CSV -> "a,#b,\"c,d\",e\tf,\"g\"\"h\",\"i\nj\",\"k\rl\", m,Z\n";
                case TSV -> "a\t#b\tc,d\t\"e\tf\"\t\"g\"\"h\"\t\"i\nj\"\t\"k\rl\"\t m\tZ\n";
              });
    }
  }

  @Test
  void aRowMayHaveAThousandColumns() throws Exception {
    String columns =
        IntStream.range(0, 1_000).mapToObj(i -> "v AS a" + i).collect(Collectors.joining(", "));
    try (var fixture = Fixture.ofTexts(folder, List.of("b", ","))) {
      String[] lines =
          fixture.csvText("SELECT " + columns + " FROM \"Texts\" ORDER BY i").split("\n");
      assertThat(lines).hasSize(3);
      assertThat(lines[0]).startsWith("a0,a1,").endsWith(",a999");
      assertThat(lines[1]).isEqualTo("b" + ",b".repeat(999));
      assertThat(lines[2]).isEqualTo("\",\"" + ",\",\"".repeat(999));
    }
  }

  private static List<CsvRecord> read(Path file, Format format) throws Exception {
    char separator =
        switch (format) {
          case CSV -> ',';
          case TSV -> '\t';
        };
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().fieldSeparator(separator).maxBufferSize(1 << 22).ofCsvRecord(file)) {
      return reader.stream().toList();
    }
  }
}
