package dev.reprise.query;

import dev.reprise.query.Token.Kind;
import dev.reprise.query.Tree.Name;
import java.util.Optional;

/// Reads one name of a column or metric, and what people write in its place.
final class Names {
  private final Cursor cursor;
  private final Faults faults;

  Names(Cursor cursor, Faults faults) {
    this.cursor = cursor;
    this.faults = faults;
  }

  /// Takes a name, or reports what stands there instead and takes that.
  Optional<Name> next() {
    Token token = cursor.peek();
    return switch (token.kind()) {
      case WORD -> cursor.peekSecond().isSign("(") ? function() : name();
      case MISQUOTED -> name();
      case STRING -> notAName(token, "is a text", ": a name is written without quotes.");
      case NUMBER -> notAName(token, "is a number", ": a name belongs here.");
      case SIGN -> token.isSign("(") ? parentheses() : notAName(token, "is not a name", ".");
      case END -> {
        faults.add(token.at(), "A name is missing at the end", ".");
        yield Optional.empty();
      }
    };
  }

  private Optional<Name> name() {
    Token token = cursor.next();
    Name name = new Name(token.text(), token.at());
    if (cursor.atSign(".") && cursor.peekSecond().kind() == Kind.WORD) {
      cursor.next();
      Token last = cursor.next();
      faults.add(
          name.at().to(last.at()),
          "A name with a dot is not supported",
          ": write " + last.shown() + " alone; a query has one dataset.");
      name = new Name(last.text(), last.at());
    }
    return Optional.of(name);
  }

  private Optional<Name> function() {
    Token function = cursor.next();
    boolean star = cursor.peekSecond().isSign("*");
    Span at = function.at().to(cursor.skipParentheses());
    String call =
        function.text().length() > 20 ? "A function" : function.text() + (star ? "(*)" : "()");
    faults.add(
        at,
        call + " is not supported",
        ": a column is taken as it is, and a metric is an aggregate already.");
    return Optional.empty();
  }

  private Optional<Name> parentheses() {
    boolean query = cursor.peekSecond().isWord("select");
    Span at = cursor.skipParentheses();
    faults.add(
        at,
        query ? "A query inside a query is not supported" : "Parentheses are not supported here",
        query ? "." : ": names are separated by commas alone.");
    return Optional.empty();
  }

  private Optional<Name> notAName(Token token, String problem, String rest) {
    cursor.next();
    faults.add(token.at(), token.shown() + " " + problem, rest);
    return Optional.empty();
  }
}
