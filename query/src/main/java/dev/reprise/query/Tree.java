package dev.reprise.query;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A query as it was typed, before anybody knows whether its names exist.
///
/// @param stars where `*` stands instead of names
record Tree(
    boolean distinct,
    List<Name> select,
    List<Span> stars,
    Optional<Name> dataset,
    List<Term> terms,
    List<Ordering> order,
    OptionalLong limit,
    Optional<Name> range) {

  record Name(String text, Span at) {}

  record Value(String text, Span at) {}

  record Ordering(Name name, boolean ascending) {}

  /// One condition.
  sealed interface Term {
    Name name();

    record Compare(Name name, Operator operator, Value value) implements Term {}

    record Like(Name name, boolean negated, Value pattern) implements Term {}

    record In(Name name, boolean negated, List<Value> values) implements Term {}
  }
}
