package dev.reprise.query;

import dev.reprise.query.Token.Kind;
import dev.reprise.query.Tree.Value;
import java.util.Optional;

/// Reads one value of a condition, and what people write in its place.
final class Values {
  private final Cursor cursor;
  private final Faults faults;
  private final Names names;

  Values(Cursor cursor, Faults faults) {
    this.cursor = cursor;
    this.faults = faults;
    this.names = new Names(cursor, faults);
  }

  static boolean isOne(Token token) {
    return switch (token.kind()) {
      case NUMBER, STRING, MISQUOTED -> true;
      case WORD, SIGN, END -> false;
    };
  }

  /// Takes a value, or reports what stands there instead.
  ///
  /// @param after what the value belongs to, such as `IN`
  Optional<Value> next(String after) {
    Token token = cursor.peek();
    return switch (token.kind()) {
      case STRING, MISQUOTED -> Optional.of(value(cursor.next()));
      case NUMBER -> Optional.of(number());
      case WORD -> {
        if (token.isWord("and") || cursor.atClauseEnd()) {
          missing(after);
          yield Optional.empty();
        }
        yield word();
      }
      case SIGN -> {
        Optional<Value> value = sign();
        if (value.isEmpty()) {
          missing(after);
        }
        yield value;
      }
      case END -> {
        missing(after);
        yield Optional.empty();
      }
    };
  }

  private void missing(String after) {
    Token token = cursor.peek();
    faults.add(token.at(), "A value is missing after " + after, ", before " + token.shown() + ".");
  }

  private static Value value(Token token) {
    return new Value(token.text(), token.at());
  }

  private Value number() {
    Value number = value(cursor.next());
    StringBuilder date = new StringBuilder(number.text());
    Span at = number.at();
    // 2020-06-30 is read as 2020, -06 and -30.
    while (cursor.peek().kind() == Kind.NUMBER && cursor.peek().at().start() == at.end()) {
      date.append(cursor.peek().text());
      at = at.to(cursor.next().at());
    }
    if (at.equals(number.at())) {
      return number;
    }
    String quoted = Faults.shown(date.toString());
    faults.add(at, "A date is written in quotes", ": " + quoted + ".");
    return new Value(date.toString(), at);
  }

  private Optional<Value> word() {
    Token token = cursor.peek();
    if (cursor.peekSecond().isSign("(")) {
      names.next();
      return Optional.empty();
    }
    cursor.next();
    String typed = Faults.cut(token.text());
    if (token.isWord("null")) {
      faults.add(
          token.at(),
          "NULL is not a value",
          ": empty values satisfy only !=, NOT IN and NOT LIKE.");
      return Optional.empty();
    }
    if (cursor.peek().kind() == Kind.STRING) {
      faults.add(token.at(), typed + " before a text is not supported", ": leave it out.");
      return Optional.of(value(cursor.next()));
    }
    faults.add(
        token.at(),
        typed + " is neither a number nor in quotes",
        ": a text is written '%s', and a name cannot be compared with a name.".formatted(typed));
    return Optional.empty();
  }

  /// A value with a sign too many, or empty if there is none.
  private Optional<Value> sign() {
    Token sign = cursor.peek();
    Token second = cursor.peekSecond();
    if (sign.isSign("(") && isOne(second)) {
      faults.add(cursor.skipParentheses(), "Parentheses around a value are not supported", ".");
      return Optional.of(value(second));
    }
    boolean spoils = sign.isSign("+") || sign.isSign("-") || sign.isSign(".");
    if (!spoils || second.kind() != Kind.NUMBER) {
      return Optional.empty();
    }
    cursor.next();
    faults.add(
        sign.at().to(cursor.next().at()),
        "A number is written like 5, -5 or 0.5",
        ", not as " + Faults.shown(sign.text() + second.text()) + ".");
    String text = sign.isSign("+") ? second.text() : "0";
    return Optional.of(new Value(text, second.at()));
  }
}
