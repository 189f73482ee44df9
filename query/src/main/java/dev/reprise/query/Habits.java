package dev.reprise.query;

import dev.reprise.query.Token.Kind;
import java.util.Map;

/// What people write from habit where this language has no such clause.
final class Habits {
  private static final Map<String, Advice> ADVICE =
      Map.ofEntries(
          Map.entry(
              "group",
              new Advice(
                  "GROUP BY is not supported", ": a metric groups by the selected columns.")),
          Map.entry(
              "having", new Advice("HAVING is not supported", ": a metric may stand in WHERE.")),
          Map.entry("union", new Advice("UNION is not supported", ": a query is one SELECT.")),
          Map.entry("except", new Advice("EXCEPT is not supported", ": a query is one SELECT.")),
          Map.entry(
              "intersect", new Advice("INTERSECT is not supported", ": a query is one SELECT.")),
          Map.entry(
              "offset", new Advice("OFFSET is not supported", ": a report has all its rows.")),
          Map.entry("fetch", new Advice("FETCH is not supported", ": write LIMIT.")),
          Map.entry("join", new Advice("JOIN is not supported", ": a query has one dataset.")),
          Map.entry("or", new Advice("OR is not supported here", ": conditions follow WHERE.")),
          Map.entry("and", new Advice("AND is not expected here", ": conditions follow WHERE.")),
          Map.entry("as", new Advice("AS is not supported", ": a dataset goes by its name.")),
          Map.entry(
              "between", new Advice("BETWEEN is not supported", ": use >= and <= after WHERE.")),
          Map.entry(
              "select", new Advice("A second SELECT is not supported", ": a query is one SELECT.")),
          Map.entry("from", new Advice("FROM is given twice", ".")));

  private record Advice(String what, String rest) {}

  private Habits() {}

  static boolean isOne(Token token) {
    return token.kind() == Kind.WORD && ADVICE.containsKey(token.lower());
  }

  /// Reports a token that no clause starts with.
  static void report(Token token, Cursor cursor, Faults faults) {
    Advice advice = token.kind() == Kind.WORD ? ADVICE.get(token.lower()) : null;
    if (advice != null) {
      Span at = cursor.at("by") ? token.at().to(cursor.next().at()) : token.at();
      faults.add(at, advice.what(), advice.rest());
    } else if (token.isSign("(")) {
      faults.add(token.at(), "A parenthesis is not expected here", ".");
    } else {
      faults.add(token.at(), token.shown() + " is not expected here", ".");
    }
  }
}
