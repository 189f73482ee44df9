package dev.reprise.query;

import java.util.Optional;
import java.util.Set;

/// The signs that compare, and those of other languages that look like them.
final class Operators {
  private static final Set<String> SIGNS =
      Set.of("=", "!=", "<>", "<", "<=", ">", ">=", "==", "=>", "=<", "\u2260", "\u2264", "\u2265");

  private Operators() {}

  static boolean isOne(Token token) {
    return SIGNS.contains(token.text());
  }

  /// The operator that the sign means; what it should have been is reported.
  static Optional<Operator> of(Token token, Faults faults) {
    Optional<Operator> meant =
        switch (token.text()) {
          case "=", "==" -> Optional.of(Operator.EQUAL);
          case "!=", "<>", "\u2260" -> Optional.of(Operator.NOT_EQUAL);
          case "<" -> Optional.of(Operator.LESS);
          case "<=", "=<", "\u2264" -> Optional.of(Operator.AT_MOST);
          case ">" -> Optional.of(Operator.GREATER);
          case ">=", "=>", "\u2265" -> Optional.of(Operator.AT_LEAST);
          default -> Optional.empty();
        };
    meant
        .filter(operator -> !token.text().equals("<>") && !token.text().equals(operator.symbol()))
        .ifPresent(operator ->
            faults.mistyped(token.at(), token.shown() + " is not an operator", operator.symbol()));
    return meant;
  }
}
