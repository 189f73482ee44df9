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
  private final Values values;
  private final List<Term> terms = new ArrayList<>();
  private int open;

  ConditionParser(Cursor cursor, Faults faults) {
    this.cursor = cursor;
    this.faults = faults;
    this.names = new Names(cursor, faults);
    this.values = new Values(cursor, faults);
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
    if (cursor.take("or") || cursor.takeSign("||")) {
      faults.add(
          token.at(),
          "OR is not supported",
          ": conditions are joined with AND; several values of one name go in IN (...).");
      return true;
    }
    if (cursor.takeSign("&&") || takeMistypedAnd()) {
      faults.mistyped(token.at(), token.shown() + " is not expected here", "AND");
      return true;
    }
    if (cursor.atName() && !cursor.atClauseEnd() && startsCondition(cursor.peekSecond())) {
      faults.add(token.at(), "AND is missing before " + token.shown(), ".");
      return true;
    }
    if (cursor.atClauseEnd() || Habits.isOne(token) || Parser.meantClause(token).isPresent()) {
      return false;
    }
    faults.add(token.at(), token.shown() + " is not expected here", ".");
    skip();
    return !cursor.atClauseEnd() && another();
  }

  private boolean takeMistypedAnd() {
    Token token = cursor.peek();
    return token.kind() == Kind.WORD
        && !cursor.atClauseEnd()
        && cursor.peekSecond().kind() == Kind.WORD
        && Nearest.to(token.text(), List.of("AND")).isPresent()
        && cursor.take(token.lower());
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
              values
                  .next(operator.symbol())
                  .ifPresent(value -> terms.add(new Term.Compare(name, operator, value))));
      return true;
    }
    boolean negated = cursor.take("not");
    if (negated && Operators.isOne(cursor.peek())) {
      faults.add(cursor.last().at(), "NOT stands before LIKE or IN only", ": use != instead.");
      return operation(name);
    }
    if (cursor.take("like") || takeMistypedLike()) {
      return like(name, negated);
    }
    if (cursor.take("in")) {
      return in(name, negated);
    }
    habit(name);
    return false;
  }

  private boolean takeMistypedLike() {
    Token token = cursor.peek();
    boolean meant =
        token.kind() == Kind.WORD
            && cursor.peekSecond().kind() == Kind.STRING
            && Nearest.to(token.text(), List.of("LIKE")).isPresent();
    if (meant) {
      faults.mistyped(cursor.next().at(), token.shown() + " is not an operator", "LIKE");
    }
    return meant;
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
    values.next("LIKE").ifPresent(value -> terms.add(new Term.Like(name, negated, value)));
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
    List<Value> list = new ArrayList<>();
    do {
      values.next("IN").ifPresent(list::add);
    } while (cursor.takeSign(",") || missingComma());
    if (!cursor.takeSign(")")) {
      faults.add(cursor.peek().at(), "The list after IN is not closed", ": ')' is missing.");
      skip();
    }
    if (!list.isEmpty()) {
      terms.add(new Term.In(name, negated, list));
    }
    return true;
  }

  private boolean missingComma() {
    Token token = cursor.peek();
    if (Values.isOne(token)) {
      faults.add(token.at(), "A comma is missing before " + token.shown(), ".");
    }
    return Values.isOne(token);
  }
}
