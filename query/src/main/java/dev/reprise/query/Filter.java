package dev.reprise.query;

import java.util.List;

/// One condition of `WHERE`, already checked: the field exists and every literal has its type.
///
/// - Shape: an empty value satisfies no filter but `!=`, `NOT IN` and `NOT LIKE`, and those it
///   does.
public sealed interface Filter {
  Field field();

  record Compare(Field field, Operator operator, Literal value) implements Filter {}

  record In(Field field, boolean negated, List<Literal> values) implements Filter {
    public In {
      values = List.copyOf(values);
    }
  }

  /// `%` is any run of characters, `_` is one, and nothing escapes them.
  record Like(Field field, boolean negated, String pattern) implements Filter {}
}
