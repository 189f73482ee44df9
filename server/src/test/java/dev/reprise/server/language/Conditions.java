package dev.reprise.server.language;

import dev.reprise.query.Filter;
import dev.reprise.query.Literal;
import dev.reprise.query.Operator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// When a value satisfies a condition, and which of two values is the greater.
final class Conditions {
  private Conditions() {}

  /// An empty value satisfies `!=`, `NOT IN` and `NOT LIKE`, and nothing else.
  static boolean hold(Filter filter, @Nullable Object value) {
    return switch (filter) {
      case Filter.Compare(var field, var operator, var literal) ->
          value == null ? operator == Operator.NOT_EQUAL : compares(value, operator, of(literal));
      case Filter.In(var field, var negated, var literals) ->
          value == null
              ? negated
              : negated != literals.stream().anyMatch(literal -> same(value, of(literal)));
      case Filter.Like(var field, var negated, var pattern) ->
          value == null ? negated : negated != like(value.toString(), pattern);
    };
  }

  private static boolean compares(Object value, Operator operator, Object literal) {
    int order = order(folded(value), folded(literal));
    return switch (operator) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case GREATER -> order > 0;
      case AT_LEAST -> order >= 0;
    };
  }

  private static boolean same(Object value, Object literal) {
    return order(folded(value), folded(literal)) == 0;
  }

  private static Object of(Literal literal) {
    return switch (literal) {
      case Literal.Text(var text) -> text;
      case Literal.Whole(var number) -> number;
      case Literal.Decimal(var number) -> number;
      case Literal.Truth(var truth) -> truth;
      case Literal.Day(var day) -> day;
      case Literal.Moment(var moment) -> moment;
    };
  }

  private static boolean like(String text, String pattern) {
    String regex =
        pattern
            .codePoints()
            .mapToObj(c ->
                switch (c) {
                  case '%' -> ".*";
                  case '_' -> ".";
                  default -> Pattern.quote(fold(Character.toString(c)));
                })
            .collect(Collectors.joining());
    return Pattern.compile(regex, Pattern.DOTALL).matcher(fold(text)).matches();
  }

  private static Object folded(Object value) {
    return value instanceof String text ? fold(text) : value;
  }

  /// Each character by itself in its simple lower case, as Unicode has it.
  private static String fold(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  /// Texts in any casing by their characters, and if they are the same then by casing.
  @SuppressWarnings("unchecked")
  static int order(Object one, Object other) {
    if (one instanceof String text && other instanceof String second) {
      int result = byCharacters(fold(text), fold(second));
      return result != 0 ? result : byCharacters(text, second);
    }
    return ((Comparable<Object>) one).compareTo(other);
  }

  private static int byCharacters(String one, String other) {
    List<Integer> left = one.codePoints().boxed().toList();
    List<Integer> right = other.codePoints().boxed().toList();
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int result = left.get(i).compareTo(right.get(i));
      if (result != 0) {
        return result;
      }
    }
    return Integer.compare(left.size(), right.size());
  }
}
