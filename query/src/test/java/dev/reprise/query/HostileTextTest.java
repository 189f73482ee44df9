package dev.reprise.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.api.Limits;
import dev.reprise.query.Metric.Function;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts as long as they may be, made to cost as much as they can.
final class HostileTextTest {
  /// How often each token may be looked at, on average. What it costs in time is measured by
  /// `benchmarks/run refusals`.
  private static final int LOOKS = 60;

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
        "SELECT Column1 FROM Wide WHERE |Column1 & |",
        "SELECT Column1 FROM Wide WHERE |Column1 = 1 AMD |",
        "SELECT |CASE WHEN |",
        "SELECT |DISTINCT |",
        "SELECT |a.*,| FROM Wide",
        "SELECT Column1 FROM Wide WHERE Column1 IN (|2020-01-01,|",
        "SELECT Column1 FROM Wide WHERE Column1 = 1|-1|",
        "SELECT Column1 FROM Wide WHERE Column1 = 1 |AND Column1 = +1 |",
        "SELECT Column1 FROM Wide TIMESPAN |LAST |",
        "SELECT Column1 FROM Wide ORDER BY |Column1 DESCENDING,|",
        "SELECT Column1 FROM Wide |x |",
        "|;|",
        "|SELECT |",
        "|x |",
        "|\u2018|",
        "|\uD800|",
        "|\u0000|"
      })
  void longestTextIsRefusedWithBoundedWork(String pattern) {
    String[] parts = pattern.split("\\|", -1);
    int room = Limits.QUERY_BYTES - parts[0].length() - parts[2].length();
    int unit = parts[1].codePoints().map(c -> c < 128 ? 1 : 3).sum();
    String text = parts[0] + parts[1].repeat(room / unit) + parts[2];

    List<Fault> faults = QueryLanguage.faults(text, WIDE);
    assertThat(faults).isNotEmpty().hasSizeLessThanOrEqualTo(Faults.MOST);
    assertThat(faults).allSatisfy(fault -> assertThat(fault.message()).hasSizeLessThan(600));

    Looked tokens = new Looked(Lexer.tokens(text, new Faults(text)));
    Parser.parse(tokens, new Faults(text));
    assertThat(tokens.looks).isLessThan(1_000 + LOOKS * tokens.size());
  }

  /// Counts how often any token is looked at.
  private static final class Looked extends AbstractList<Token> {
    private final List<Token> tokens;
    private int looks;

    Looked(List<Token> tokens) {
      this.tokens = tokens;
    }

    @Override
    public Token get(int index) {
      looks++;
      return tokens.get(index);
    }

    @Override
    public int size() {
      return tokens.size();
    }
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
