package dev.reprise.query;

import java.util.Optional;

/// What all texts that differ in casing alone have in common.
final class Spellings {
  private Spellings() {}

  /// A LIKE pattern that every spelling of the text fits: what has no casing as it is, and `_` for
  /// each other character. Empty if the text has no digit, so that the pattern would tell little.
  ///
  /// - Shape: has no character that an engine might take for an escape.
  static Optional<String> shape(String text) {
    if (text.chars().noneMatch(Spellings::isDigit)) {
      return Optional.empty();
    }
    StringBuilder shape = new StringBuilder();
    text.codePoints()
        .map(c -> isDigit(c) || c == '-' || c == ' ' ? c : '_')
        .forEach(shape::appendCodePoint);
    return Optional.of(shape.toString());
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
