package dev.reprise.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.api.Limits;
import dev.reprise.query.Metric.Function;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts as long as they may be, made to cost as much as they can.
final class HostileTextTest {
  private static final Duration BOUND = Duration.ofMillis(50);
  private static final Datasets WIDE = Cast.datasets(List.of(wide()));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT |a,| FROM Wide",
        "SELECT |ColumnNumber,| FROM Wide",
        "SELECT |ColumnNumbre 1,| FROM Wide",
        "SELECT |(| FROM Wide",
        "SELECT |f(|",
        "SELECT |f()| FROM Wide",
        "SELECT |[| FROM Wide",
        "SELECT |\"|",
        "SELECT |/*|",
        "SELECT |--\n| FROM Wide",
        "SELECT |a.| FROM Wide",
        "SELECT |*| FROM Wide",
        "SELECT |Column1,| FROM Wide",
        "SELECT Column1 FROM Wide WHERE |((|",
        "SELECT Column1 FROM Wide WHERE Column1 IN (|1,|",
        "SELECT Column1 FROM Wide WHERE Column1 IN (|1 |",
        "SELECT Column1 FROM Wide WHERE Column1 = 1 |AND Column2 = x |",
        "SELECT Column1 FROM Wide WHERE Column1 = 1 |OR Column2 BETWEEN 1 AND 2 |",
        "SELECT Column1 FROM Wide WHERE Column1 = |9|",
        "SELECT Column1 FROM Wide WHERE Column1 = |'|",
        "SELECT Column1 FROM Wide ORDER BY |a,|",
        "SELECT Column1 FROM Wide ORDER BY |Column1,|",
        "SELECT DISTINCT Column1 FROM Wide ORDER BY |Column99,|",
        "SELECT Column1 FROM Wide |LIMIT 1 |",
        "SELECT Column1 FROM Wide |WHER |",
        "SELECT Column1 FROM Wide |GROUP |",
        "SELECT Column1 FROM |W|",
        "|;|",
        "|SELECT |",
        "|x |",
        "|\u2018|",
        "|\uD800|",
        "|\u0000|"
      })
  void longestTextIsRefusedInTime(String pattern) {
    String[] parts = pattern.split("\\|", -1);
    int room = Limits.QUERY_BYTES - parts[0].length() - parts[2].length();
    int unit = parts[1].codePoints().map(c -> c < 128 ? 1 : 3).sum();
    String text = parts[0] + parts[1].repeat(room / unit) + parts[2];

    Duration best = Duration.ofDays(1);
    for (int i = 0; i < 12; i++) {
      long start = System.nanoTime();
      List<Fault> faults = QueryLanguage.faults(text, WIDE);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      best = took.compareTo(best) < 0 ? took : best;
      assertThat(faults).isNotEmpty().hasSizeLessThanOrEqualTo(20);
      assertThat(faults).allSatisfy(fault -> assertThat(fault.message()).hasSizeLessThan(600));
    }
    assertThat(best).isLessThan(BOUND);
  }

  private static Dataset wide() {
    return new Dataset(
        "cmp",
        "Wide",
        "As many columns as the widest dataset has, and more",
        Optional.empty(),
        4,
        List.of(),
        IntStream.range(1, 100)
            .mapToObj(i -> new Column("Column" + i, ColumnType.INTEGER, "", false, List.of()))
            .toList(),
        List.of(new Metric("Total", Function.SUM, "Column1", ColumnType.INTEGER, false)),
        List.of());
  }
}
