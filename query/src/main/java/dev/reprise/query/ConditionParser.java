package dev.reprise.query;

import dev.reprise.query.Token.Kind;
import dev.reprise.query.Tree.Name;
import dev.reprise.query.Tree.Term;
import dev.reprise.query.Tree.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the conditions after WHERE.
final class ConditionParser {
  private final Cursor cursor;
  private final Faults faults;
  private final Names names;
  private final List<Term> terms = new ArrayList<>();
  private int open;

  ConditionParser(Cursor cursor, Faults faults) {
    this.cursor = cursor;
    this.faults = faults;
    this.names = new Names(cursor, faults);
  }

  /// Takes conditions until the clause ends or something stands there that starts none.
  List<Term> conditions() {
    boolean more = true;
    while (more) {
      if (cursor.atClauseEnd() || cursor.at("and") || cursor.at("or")) {
        faults.add(cursor.peek().at(), "A condition is missing here", ".");
      } else {
        condition();
        close();
      }
      more = another();
    }
    return terms;
  }

  private boolean another() {
    Token token = cursor.peek();
    if (cursor.take("and")) {
      return true;
    }
    if (cursor.take("or")) {
      faults.add(
          token.at(),
          "OR is not supported",
          ": conditions are joined with AND; several values of one name go in IN (...).");
      return true;
    }
    if (cursor.atName() && !cursor.atClauseEnd() && startsCondition(cursor.peekSecond())) {
      faults.add(token.at(), "AND is missing before " + token.shown(), ".");
      return true;
    }
    return false;
  }

  private static boolean startsCondition(Token second) {
    return second.kind() == Kind.SIGN
        ? Operators.isOne(second)
        : second.isWord("in") || second.isWord("like") || second.isWord("not");
  }

  private void condition() {
    if (cursor.atSign("(")) {
      faults.add(
          cursor.peek().at(),
          "Parentheses around conditions are not supported",
          ": conditions are joined with AND.");
      while (cursor.takeSign("(")) {
        open++;
      }
    }
    if (cursor.at("not")) {
      faults.add(cursor.next().at(), "NOT stands before LIKE or IN only", ": use != instead.");
    }
    Optional<Name> name = names.next();
    int before = terms.size();
    if (name.isEmpty() || !operation(name.get()) || terms.size() == before) {
      skip();
    }
  }

  private void close() {
    while (open > 0 && cursor.takeSign(")")) {
      open--;
    }
  }

  private void skip() {
    while (!cursor.atClauseEnd() && !cursor.at("and") && !cursor.at("or")) {
      cursor.next();
    }
  }

  /// Takes the operator and what follows; false if the rest of the condition cannot be read.
  private boolean operation(Name name) {
    Token token = cursor.peek();
    if (token.kind() == Kind.SIGN && Operators.isOne(token)) {
      cursor.next();
      Operators.of(token, faults)
          .ifPresent(operator ->
              value(operator.symbol())
                  .ifPresent(value -> terms.add(new Term.Compare(name, operator, value))));
      return true;
    }
    boolean negated = cursor.take("not");
    if (cursor.take("like")) {
      return like(name, negated);
    }
    if (cursor.take("in")) {
      return in(name, negated);
    }
    habit(name);
    return false;
  }

  private void habit(Name name) {
    if (cursor.at("between")) {
      String shown = Faults.cut(name.text());
      faults.add(
          cursor.next().at(),
          "BETWEEN is not supported",
          ": write %s >= ... AND %s <= ...".formatted(shown, shown));
      skip();
      cursor.take("and");
    } else if (cursor.at("is")) {
      Span is = cursor.next().at();
      cursor.take("not");
      Span at = is.to(cursor.take("null") ? cursor.last().at() : is);
      faults.add(
          at, "IS NULL is not supported", ": empty values satisfy only !=, NOT IN and NOT LIKE.");
    } else {
      Token found = cursor.peek();
      faults.add(
          found.at(),
          "An operator is missing after " + Faults.shown(name.text()),
          ": one of =, !=, <, <=, >, >=, LIKE, NOT LIKE, IN, NOT IN, not " + found.shown() + ".");
    }
  }

  private boolean like(Name name, boolean negated) {
    Token token = cursor.peek();
    if (token.kind() == Kind.NUMBER) {
      faults.add(token.at(), "LIKE takes a text in quotes", ", such as 'abc%'.");
      cursor.next();
      return true;
    }
    value("LIKE").ifPresent(value -> terms.add(new Term.Like(name, negated, value)));
    if (cursor.at("escape")) {
      faults.add(
          cursor.next().at(), "ESCAPE is not supported", ": % and _ always stand for others.");
      return cursor.next().isEnd();
    }
    return true;
  }

  private boolean in(Name name, boolean negated) {
    Token start = cursor.peek();
    if (!cursor.takeSign("(")) {
      faults.add(start.at(), "IN takes a list in parentheses", ", such as IN ('a', 'b').");
      return false;
    }
    if (cursor.at("select")) {
      faults.add(cursor.peek().at(), "A query inside a query is not supported", ".");
      return false;
    }
    List<Value> values = new ArrayList<>();
    do {
      value("IN").ifPresent(values::add);
    } while (cursor.takeSign(",") || missingComma());
    if (!cursor.takeSign(")")) {
      faults.add(cursor.peek().at(), "The list after IN is not closed", ": ')' is missing.");
      skip();
    }
    if (!values.isEmpty()) {
      terms.add(new Term.In(name, negated, values));
    }
    return true;
  }

  private boolean missingComma() {
    Token token = cursor.peek();
    if (isValue(token)) {
      faults.add(token.at(), "A comma is missing before " + token.shown(), ".");
    }
    return isValue(token);
  }

  private static boolean isValue(Token token) {
    return switch (token.kind()) {
      case NUMBER, STRING, MISQUOTED -> true;
      case WORD, SIGN, END -> false;
    };
  }

  /// Takes a value, or reports what stands there instead.
  private Optional<Value> value(String after) {
    Token token = cursor.peek();
    if (isValue(token)) {
      cursor.next();
      return Optional.of(new Value(token.text(), token.at()));
    }
    if (token.kind() != Kind.WORD || token.isWord("and") || cursor.atClauseEnd()) {
      faults.add(
          token.at(), "A value is missing after " + after, ", before " + token.shown() + ".");
    } else if (token.isWord("null")) {
      cursor.next();
      faults.add(
          token.at(),
          "NULL is not a value",
          ": empty values satisfy only !=, NOT IN and NOT LIKE.");
    } else if (cursor.peekSecond().isSign("(")) {
      names.next();
    } else {
      cursor.next();
      faults.add(
          token.at(),
          token.shown() + " is neither a number nor in quotes",
          ": a text is written in single quotes, and a name cannot be compared with a name.");
    }
    return Optional.empty();
  }
}
