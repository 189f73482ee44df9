import dev.reprise.api.Limits;
import dev.reprise.query.Column;
import dev.reprise.query.ColumnType;
import dev.reprise.query.Dataset;
import dev.reprise.query.Datasets;
import dev.reprise.query.Fault;
import dev.reprise.query.QueryLanguage;
import dev.reprise.server.dataset.Catalog;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How long it takes to refuse query texts of the greatest length, each made to cost as much as it
/// can in one way, over the catalog's widest dataset with dates and integers. Ends with an error if
/// one is not refused.
///
/// What stands between two bars is repeated. `Name` becomes a column's name, `Nmae` one mistyped.
final class Refusals {
  private static final int RUNS = 200;
  private static final List<String> PATTERNS =
      List.of(
          "SELECT |a,| FROM Wide",
          "SELECT |Nmae,| FROM Wide",
          "SELECT |Name,| FROM Wide",
          "SELECT |(| FROM Wide",
          "SELECT |f(| FROM Wide",
          "SELECT |[a]| FROM Wide",
          "SELECT |[|",
          "SELECT |\"|",
          "SELECT |/*|",
          "SELECT |--\n| FROM Wide",
          "SELECT |a.*,| FROM Wide",
          "SELECT |\uD83D\uDE00,| FROM Wide",
          "SELECT |\u0130\u0130\u0130\u0130\u0130\u0130\u0130\u0130,| FROM Wide",
          "SELECT Name FROM Wide WHERE |((|",
          "SELECT Name FROM Wide WHERE Name IN (|'a',|",
          "SELECT Name FROM Wide WHERE Number IN (|'a',|",
          "SELECT Name FROM Wide WHERE Number IN (|1,|",
          "SELECT Name FROM Wide WHERE Number IN (|999999999999999999999999,|",
          "SELECT Name FROM Wide WHERE Dated IN (|'2020-02-30',|",
          "SELECT Name FROM Wide WHERE Dated IN (|2020-02-30,|",
          "SELECT Name FROM Wide WHERE Name = 'a' |AND Name = 'a' |",
          "SELECT Name FROM Wide WHERE Name = 'a' |AND Nmae = 'a' |",
          "SELECT Name FROM Wide WHERE Name = 'a' |OR Name BETWEEN 1 AND 2 |",
          "SELECT Name FROM Wide WHERE Name = '|''|",
          "SELECT Name FROM Wide WHERE Number = |9|",
          "SELECT Name FROM Wide WHERE |Name ADN |",
          "SELECT Name FROM Wide ORDER BY |Name,|",
          "SELECT DISTINCT Name FROM Wide ORDER BY |Other,|",
          "SELECT Name FROM Wide |LIMIT 1 |",
          "SELECT Name FROM Wide |LIMTI 1 |",
          "SELECT Name FROM Wide |x |",
          "SELECT Name FROM |W|",
          "|;|",
          "|x |",
          "|{}|",
          "|\u0000|");

  public static void main(String[] arguments) {
    Dataset wide =
        Catalog.load().datasets().stream()
            .filter(dataset -> dataset.dateColumn().isPresent())
            .filter(
                dataset ->
                    dataset.columns().stream()
                        .anyMatch(column -> column.type() == ColumnType.INTEGER))
            .max(Comparator.comparingInt(dataset -> dataset.columns().size()))
            .orElseThrow();
    Datasets datasets = only(wide);
    System.out.printf(
        Locale.ROOT,
        "  %s, %d columns; the first run of each text is in a process that has run those before%n",
        wide.name(),
        wide.columns().size());
    double slowest = 0;
    double slowestFirst = 0;
    for (String pattern : PATTERNS) {
      String text = text(pattern, wide);
      double[] millis = new double[RUNS];
      for (int i = 0; i < RUNS; i++) {
        long begin = System.nanoTime();
        List<Fault> faults = QueryLanguage.faults(text, datasets);
        millis[i] = (System.nanoTime() - begin) / 1e6;
        if (faults.isEmpty()) {
          System.err.println("not refused: " + pattern);
          System.exit(1);
        }
      }
      double first = millis[0];
      Arrays.sort(millis);
      slowest = Math.max(slowest, millis[RUNS / 2]);
      slowestFirst = Math.max(slowestFirst, first);
      System.out.printf(
          Locale.ROOT,
          "  first %6.1f ms   median %5.1f   worst %6.1f   %s%n",
          first,
          millis[RUNS / 2],
          millis[RUNS - 1],
          pattern.replace("\n", "\\n"));
    }
    System.out.printf(
        Locale.ROOT,
        "  slowest text by its median %.1f ms, goal 50 ms; by its first run in a cold process %.1f ms%n",
        slowest,
        slowestFirst);
  }

  private static String text(String pattern, Dataset wide) {
    String named =
        pattern
            .replace("Nmae", name(wide, "STRING", 1) + "x")
            .replace("Name", name(wide, "STRING", 0))
            .replace("Other", name(wide, "STRING", 2))
            .replace("Number", name(wide, "INTEGER", 0))
            .replace("Dated", wide.dateColumn().orElseThrow())
            .replace("Wide", wide.name());
    String[] parts = named.split("\\|", -1);
    int room = Limits.QUERY_BYTES - parts[0].length() - parts[2].length();
    int unit = parts[1].getBytes(StandardCharsets.UTF_8).length;
    return parts[0] + parts[1].repeat(room / unit) + parts[2];
  }

  private static String name(Dataset dataset, String type, int index) {
    return dataset.columns().stream()
        .filter(column -> column.type().name().equals(type))
        .skip(index)
        .findFirst()
        .map(Column::name)
        .orElseThrow();
  }

  private static Datasets only(Dataset dataset) {
    return new Datasets() {
      @Override
      public Optional<Dataset> named(String name) {
        return Optional.of(dataset).filter(known -> known.name().equalsIgnoreCase(name));
      }

      @Override
      public List<String> names() {
        return List.of(dataset.name());
      }
    };
  }
}
