package dev.reprise.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.reprise.api.Format;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
          Fixture.sql(
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
    try (var fixture = Fixture.ofTexts(folder, List.of("a", " b ", "c\"d", "e\tf", "g,h", ""))) {
      Path file = fixture.file("a." + format.word());
      var sql = Fixture.sql("SELECT v, NULL AS n FROM \"Texts\" ORDER BY i");
      fixture.engine.export(sql, file, format, Fixture.MINUTE, new Cancel());
      String expected =
          switch (format) {
            case CSV -> "v,n\na,\n b ,\n\"c\"\"d\",\ne\tf,\n\"g,h\",\n\"\",\n";
            case TSV -> "v\tn\na\t\n b \t\n\"c\"\"d\"\t\n\"e\tf\"\t\ng,h\t\n\"\"\t\n";
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
