package dev.reprise.query;

import dev.reprise.query.Token.Kind;
import dev.reprise.query.Tree.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a query from SELECT to the name of the dataset.
final class SelectParser {
  private static final Set<String> JOINS =
      Set.of("join", "inner", "left", "right", "full", "cross", "outer", "natural");

  private final Cursor cursor;
  private final Faults faults;
  private final Names names;
  private final List<Name> select = new ArrayList<>();
  private final List<Span> stars = new ArrayList<>();
  private boolean fromTaken;

  SelectParser(Cursor cursor, Faults faults) {
    this.cursor = cursor;
    this.faults = faults;
    this.names = new Names(cursor, faults);
  }

  List<Name> selected() {
    return select;
  }

  List<Span> stars() {
    return stars;
  }

  /// Takes SELECT; false if there is none to go on from.
  boolean start() {
    Token first = cursor.peek();
    if (cursor.take("select")) {
      return true;
    }
    if (first.isEnd()) {
      if (faults.isEmpty()) {
        faults.add(first.at(), "The query is empty", ": it starts with SELECT.");
      }
      return false;
    }
    if (Nearest.to(first.text(), List.of("SELECT")).isPresent()) {
      faults.mistyped(cursor.next().at(), first.shown() + " is not expected here", "SELECT");
      return true;
    }
    faults.add(first.at(), "A query starts with SELECT", ", not with " + first.shown() + ".");
    while (!cursor.peek().isEnd() && !cursor.at("select")) {
      cursor.next();
    }
    return cursor.take("select");
  }

  /// Takes the names up to FROM.
  void names() {
    if (cursor.at("top") && cursor.peekSecond().kind() == Kind.NUMBER) {
      Span top = cursor.next().at().to(cursor.next().at());
      faults.add(top, "TOP is not supported", ": write LIMIT at the end.");
    }
    boolean wanted = true;
    while (!atListEnd()) {
      if (cursor.at("distinct") || cursor.at("all")) {
        Token word = cursor.next();
        faults.add(
            word.at(),
            word.shown() + " is not expected here",
            ": only DISTINCT can follow SELECT, once.");
        continue;
      }
      if (cursor.atSign(",")) {
        comma(wanted);
        wanted = true;
      } else {
        wanted = !wanted && between();
        if (!wanted && !atListEnd() && !cursor.atSign(",")) {
          item();
        }
      }
    }
    if (wanted) {
      Token end = cursor.peek();
      boolean none = select.isEmpty() && stars.isEmpty() && !cursor.last().isSign(",");
      faults.add(
          end.at(), none ? "SELECT names no column" : "A name is missing after the comma", ".");
    }
  }

  private boolean atListEnd() {
    return fromTaken || cursor.at("from") || cursor.atClauseEnd();
  }

  private void comma(boolean wanted) {
    Token comma = cursor.next();
    if (wanted) {
      faults.add(comma.at(), "A name is missing before this comma", ".");
    }
  }

  private void item() {
    Token token = cursor.peek();
    if (cursor.takeSign("*")) {
      stars.add(token.at());
    } else if (token.isWord("case") && cursor.peekSecond().isWord("when")) {
      caseWhen();
    } else {
      names.next().ifPresent(this::name);
    }
  }

  private void name(Name name) {
    if (cursor.atSign(".") && cursor.peekSecond().isSign("*")) {
      cursor.next();
      stars.add(name.at().to(cursor.next().at()));
    } else {
      select.add(name);
    }
  }

  private void caseWhen() {
    Span start = cursor.peek().at();
    while (!atListEnd() && !cursor.at("end")) {
      cursor.next();
    }
    cursor.take("end");
    faults.add(
        start.to(cursor.last().at()), "CASE is not supported", ": a column is taken as it is.");
  }

  /// Reports what stands between two names instead of a comma; true if it takes another name after
  /// it, as a sign of arithmetic does.
  private boolean between() {
    Token last = cursor.last();
    Token token = cursor.peek();
    if (token.isWord("as")) {
      cursor.next();
      boolean named = cursor.peek().kind() == Kind.STRING || (cursor.atName() && !atListEnd());
      Span at = token.at().to(named ? cursor.next().at() : token.at());
      faults.add(at, "AS is not supported", ": a header is the name of its column or metric.");
      return false;
    }
    if (token.kind() == Kind.WORD && Nearest.to(token.text(), List.of("FROM")).isPresent()) {
      faults.mistyped(token.at(), token.shown() + " is not expected here", "FROM");
      cursor.next();
      fromTaken = true;
      return false;
    }
    if (token.kind() == Kind.SIGN && !token.isSign("(")) {
      cursor.next();
      faults.add(token.at(), token.shown() + " is not supported between names", ".");
      return !token.isSign(")") && !token.isSign(".");
    }
    faults.add(
        token.at(), "A comma is missing between " + last.shown() + " and " + token.shown(), ".");
    return false;
  }

  /// Takes FROM and the dataset, with what other dialects put after it.
  Optional<Name> dataset() {
    if (!fromTaken && !cursor.take("from")) {
      faults.add(cursor.peek().at(), "FROM and a dataset are missing", ".");
      return Optional.empty();
    }
    if (cursor.atClauseEnd()) {
      faults.add(cursor.peek().at(), "The dataset is missing after FROM", ".");
      return Optional.empty();
    }
    Optional<Name> dataset = names.next();
    if (cursor.atSign(",")) {
      faults.add(cursor.peek().at(), "A second dataset is not supported", ": a query has one.");
      cursor.skipToClauseEnd();
    } else if (atAlias()) {
      faults.add(cursor.next().at(), "An alias is not supported", ": a dataset goes by its name.");
      if (cursor.atSign(",")) {
        faults.add(cursor.peek().at(), "A second dataset is not supported", ": a query has one.");
        cursor.skipToClauseEnd();
      }
    } else if (cursor.at("as")) {
      Token as = cursor.next();
      boolean named = cursor.atName() && !cursor.atClauseEnd();
      Span at = as.at().to(named ? cursor.next().at() : as.at());
      faults.add(at, "AS is not supported", ": a dataset goes by its name.");
    }
    if (JOINS.contains(cursor.peek().lower()) && cursor.peek().kind() == Kind.WORD) {
      faults.add(cursor.peek().at(), "JOIN is not supported", ": a query has one dataset.");
      cursor.skipToClauseEnd();
    }
    return dataset;
  }

  /// Whether a word stands here that cannot be meant as anything but another name of the dataset.
  private boolean atAlias() {
    Token token = cursor.peek();
    Token second = cursor.peekSecond();
    return token.kind() == Kind.WORD
        && !cursor.atClauseEnd()
        && !Habits.isOne(token)
        && !JOINS.contains(token.lower())
        && Parser.meantClause(token).isEmpty()
        && (second.isEnd() || second.isSign(",") || Parser.meantClause(second).isPresent());
  }
}
