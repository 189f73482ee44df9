package dev.reprise.server.language;

import dev.reprise.query.CheckedQuery;
import dev.reprise.query.Sql;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Tells SQL that the compiler wrote by itself from SQL that holds anything of a caller's.
final class KnownSql {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"([^\"]|\"\")*\"|'[^']*'|[A-Za-z_]+|[0-9]+|<>|<=|>=|\\|\\||[^ ]", Pattern.DOTALL);

  private static final Set<String> WORDS =
      Set.of(
          ("SELECT AS FROM t WHERE AND OR GROUP BY HAVING ORDER ASC DESC NULLS LAST LIMIT IN NOT LIKE"
                  + " ESCAPE IS NULL CAST SUM COUNT MAX DISTINCT lower CASE EXTRACT MONTH YEAR WHEN"
                  + " THEN END VARCHAR BIGINT DECIMAL DATE TIMESTAMP BOOLEAN")
              .split(" "));

  private static final Set<String> SIGNS =
      Set.of("(", ")", ",", ".", "*", "?", "=", "<>", "<", "<=", ">", ">=", "||");

  private static final Set<String> TEXTS =
      Stream.concat(
              Stream.of("!"),
              Stream.of("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" "))
                  .map(month -> month + "-"))
          .map(text -> "'" + text + "'")
          .collect(Collectors.toSet());

  private static final Set<String> NUMBERS =
      Stream.concat(IntStream.rangeClosed(0, 12).boxed(), Stream.of(18, 38))
          .map(String::valueOf)
          .collect(Collectors.toSet());

  private KnownSql() {}

  /// The tokens that are neither the compiler's own nor a name of the query's dataset, nor its
  /// LIMIT; and what says so if there is not a value for each `?`.
  static List<String> unknownIn(Sql sql, CheckedQuery query) {
    Set<String> known = new HashSet<>(WORDS);
    known.addAll(SIGNS);
    known.addAll(TEXTS);
    known.addAll(NUMBERS);
    known.add("\"" + query.dataset().name() + "\"");
    Table.fields(query.dataset()).keySet().forEach(name -> known.add("\"" + name + "\""));
    query.select().forEach(field -> known.add("\"" + field.name() + "\""));
    query.limit().ifPresent(limit -> known.add(Long.toString(limit)));
    List<String> unknown = new ArrayList<>();
    int marks = 0;
    Matcher tokens = TOKEN.matcher(sql.text());
    while (tokens.find()) {
      marks += tokens.group().equals("?") ? 1 : 0;
      if (!known.contains(tokens.group())) {
        unknown.add(tokens.group());
      }
    }
    if (marks != sql.parameters().size()) {
      unknown.add(marks + " marks for " + sql.parameters().size() + " values");
    }
    return unknown;
  }
}
