package dev.reprise.query;

/// How a condition compares. The symbol is the same in the query language and in SQL but for `!=`.
public enum Operator {
  EQUAL("="),
  NOT_EQUAL("!="),
  LESS("<"),
  AT_MOST("<="),
  GREATER(">"),
  AT_LEAST(">=");

  private final String symbol;

  Operator(String symbol) {
    this.symbol = symbol;
  }

  /// As the query language writes it.
  public String symbol() {
    return symbol;
  }
}
