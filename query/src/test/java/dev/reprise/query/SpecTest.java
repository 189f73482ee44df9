package dev.reprise.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds the cases in `spec/*.txt` against the language; `-Dgolden.update=true` rewrites what comes
/// out, for review.
final class SpecTest {
  private static final Path FOLDER = Path.of("src/test/resources/spec");

  @ParameterizedTest
  @ValueSource(strings = {"grammar.txt", "meaning.txt", "types.txt", "faults.txt", "habits.txt"})
  void everyCaseMeansWhatItsFileSays(String file) throws IOException {
    String before = Files.readString(FOLDER.resolve(file));
    List<String> cases = new ArrayList<>();
    for (String block : before.strip().split("\n\n", -1)) {
      cases.add(Case.read(block).written());
    }
    String after = String.join("\n\n", cases) + "\n";
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(FOLDER.resolve(file), after);
    } else {
      assertThat(after).isEqualTo(before);
    }
  }

  /// One block of a file: `clause:` says what it shows, each `query:` line is a line of the text.
  private record Case(String clause, String query) {
    static Case read(String block) {
      List<String> query = new ArrayList<>();
      String clause = "";
      for (String line : block.split("\n", -1)) {
        if (line.startsWith("query: ")) {
          query.add(line.substring("query: ".length()));
        } else if (line.startsWith("clause: ")) {
          clause = line.substring("clause: ".length());
        }
      }
      assertThat(clause).as(block).isNotEmpty();
      return new Case(clause, String.join("\n", query));
    }

    String written() {
      return "clause: " + clause + "\nquery: " + query.replace("\n", "\nquery: ") + outcome();
    }

    private String outcome() {
      List<Fault> faults = QueryLanguage.faults(query, Cast.DATASETS);
      StringBuilder lines = new StringBuilder();
      if (faults.isEmpty()) {
        Sql sql = Cast.compile(query);
        assertThat(Cast.compile(canonical())).as(query).isEqualTo(sql);
        lines.append("\nsql: ").append(sql.text());
        lines.append("\nvalues: ").append(shown(sql.parameters()));
      }
      for (Fault fault : faults) {
        lines.append("\nfault: ").append(fault.message());
      }
      return lines.toString();
    }

    private String canonical() {
      return QueryText.of(QueryLanguage.check(query, Cast.DATASETS));
    }

    private static List<Object> shown(List<Object> values) {
      return values.stream()
          .map(value -> value instanceof String text ? "'" + text + "'" : value)
          .toList();
    }
  }
}
