package dev.reprise.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.api.Format;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Random texts through a result file and back, by two readers that others wrote.
class RandomFileTest {
  private static final long SEED = Long.getLong("seed", 20_260_105L);
  private static final int TEXTS = 3_000;

  /// What means something to a CSV file, or to what reads it.
  private static final String SPECIAL = "\"\",,\t\n\r \r\n;'\\|=+-@#\u0000\u0085\u2028\uFEFF\u001a";

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void randomTextsComeBackAsTheyWere(Format format) throws Exception {
    List<@Nullable String> texts = texts(new Random(SEED));
    try (var fixture = Fixture.ofTexts(folder, texts)) {
      Path file = fixture.file("a." + format.word());
      var sql = fixture.sql("SELECT i AS \"Id\", v AS \"Text\" FROM \"Texts\" ORDER BY i");
      assertThat(fixture.engine.export(sql, file, format, Fixture.MINUTE, new Cancel()))
          .isEqualTo(new Export.Done(texts.size()));
      for (Readers reader : Readers.values()) {
        List<List<@Nullable String>> rows = reader.read(file, format);
        assertThat(rows.getFirst()).containsExactly("Id", "Text");
        List<@Nullable String> found = new ArrayList<>();
        rows.subList(1, rows.size()).forEach(row -> found.add(row.get(1)));
        for (int i = 0; i < texts.size(); i++) {
          assertThat(found.get(i))
              .as("%s, text %d of seed %d", reader, i, SEED)
              .isEqualTo(reader.seen(texts.get(i)));
        }
        assertThat(found).hasSameSizeAs(texts);
      }
    }
  }

  @Test
  void aFieldMayBeOfManyMegabytes() throws Exception {
    String large = "x,\"y\"\n".repeat(2_000_000);
    List<@Nullable String> texts = new ArrayList<>();
    texts.add(large);
    texts.add("after");
    try (var fixture = Fixture.ofTexts(folder, texts)) {
      Path file = fixture.file("a.csv");
      var sql = fixture.sql("SELECT v FROM \"Texts\" ORDER BY i");
      fixture.engine.export(sql, file, Format.CSV, Fixture.MINUTE, new Cancel());
      for (Readers reader : Readers.values()) {
        List<List<@Nullable String>> rows = reader.read(file, Format.CSV);
        assertThat(rows).hasSize(3);
        assertThat(large.equals(rows.get(1).getFirst())).as("%s", reader).isTrue();
        assertThat(rows.get(2)).containsExactly("after");
      }
    }
  }

  private static List<@Nullable String> texts(Random random) {
    List<@Nullable String> texts = new ArrayList<>();
    for (int i = 0; i < TEXTS; i++) {
      texts.add(
          switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> "";
            default -> text(random);
          });
    }
    return texts;
  }

  private static String text(Random random) {
    int length = random.nextInt(20) == 0 ? random.nextInt(5_000) : random.nextInt(12);
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(3)) {
        case 0 -> text.append(SPECIAL.charAt(random.nextInt(SPECIAL.length())));
        case 1 -> text.append((char) ('a' + random.nextInt(26)));
        default -> text.appendCodePoint(character(random));
      }
    }
    return text.toString();
  }

  /// Of any plane; half of a pair alone is no character.
  private static int character(Random random) {
    int character = random.nextInt(17) << 16 | random.nextInt(1 << 16);
    return Character.getType(character) == Character.SURROGATE ? ' ' : character;
  }
}
