package dev.reprise.query;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Limits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The report query language: reads a text and says what it means, or everything that is wrong.
///
/// - Limits: a text has at most [Limits#QUERY_BYTES] and [Limits#QUERY_CONDITIONS]; of its faults,
///   the first twenty found are told.
public final class QueryLanguage {
  private QueryLanguage() {}

  /// The checked query.
  ///
  /// @throws dev.reprise.api.RefusedException with all faults, those with documented texts first
  public static CheckedQuery check(String text, Datasets datasets) {
    if (isTooLong(text)) {
      throw ErrorCode.QUERY_TOO_LONG.refuse(Limits.QUERY_BYTES);
    }
    Faults faults = new Faults(text);
    Optional<CheckedQuery> query = read(text, datasets, faults);
    if (!faults.isEmpty()) {
      throw faults.refusal();
    }
    return query.orElseThrow(
        () -> new IllegalStateException("neither a query nor a fault came of: " + text));
  }

  /// Everything that is wrong with the text, in its order; empty if it can be run.
  public static List<Fault> faults(String text, Datasets datasets) {
    if (isTooLong(text)) {
      String message = ErrorCode.QUERY_TOO_LONG.refuse(Limits.QUERY_BYTES).text();
      return List.of(new Fault(ErrorCode.QUERY_TOO_LONG, message, 1, 1, 0, Optional.empty()));
    }
    Faults faults = new Faults(text);
    read(text, datasets, faults);
    return faults.inTextOrder();
  }

  private static Optional<CheckedQuery> read(String text, Datasets datasets, Faults faults) {
    Tree tree = Parser.parse(Lexer.tokens(text, faults), faults);
    return Checker.check(tree, datasets, faults);
  }

  private static boolean isTooLong(String text) {
    // A text of more characters than this has more bytes too, and need not be encoded to know it.
    return text.length() > Limits.QUERY_BYTES
        || text.getBytes(StandardCharsets.UTF_8).length > Limits.QUERY_BYTES;
  }
}
