package dev.reprise.query;

import dev.reprise.query.Token.Kind;
import dev.reprise.query.Tree.Name;
import dev.reprise.query.Tree.Ordering;
import dev.reprise.query.Tree.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Reads tokens as a query, and goes on after a fault so that all faults are found.
final class Parser {
  /// In the order in which they stand after the dataset.
  private enum Clause {
    WHERE,
    ORDER,
    LIMIT,
    TIMESPAN;

    static final List<String> WORDS = Arrays.stream(values()).map(Clause::name).toList();

    String shown() {
      return this == ORDER ? "ORDER BY" : name();
    }
  }

  private final Cursor cursor;
  private final Faults faults;
  private final Names names;
  private final List<Term> terms = new ArrayList<>();
  private final List<Ordering> order = new ArrayList<>();
  private final Set<Clause> seen = EnumSet.noneOf(Clause.class);
  private OptionalLong limit = OptionalLong.empty();
  private Optional<Name> range = Optional.empty();

  private Parser(Cursor cursor, Faults faults) {
    this.cursor = cursor;
    this.faults = faults;
    this.names = new Names(cursor, faults);
  }

  static Tree parse(List<Token> tokens, Faults faults) {
    Cursor cursor = new Cursor(tokens);
    Parser parser = new Parser(cursor, faults);
    SelectParser start = new SelectParser(cursor, faults);
    boolean distinct = false;
    Optional<Name> dataset = Optional.empty();
    if (start.start()) {
      distinct = cursor.take("distinct");
      start.names();
      dataset = start.dataset();
      parser.clauses();
    }
    return new Tree(
        distinct,
        start.selected(),
        start.stars(),
        dataset,
        parser.terms,
        parser.order,
        parser.limit,
        parser.range);
  }

  private void clauses() {
    while (!cursor.peek().isEnd()) {
      Token token = cursor.next();
      if (token.isSign(";")) {
        end();
        return;
      }
      Optional<Clause> clause = clause(token);
      if (clause.isEmpty()) {
        Habits.report(token, cursor, faults);
        cursor.skipToClauseEnd();
      } else {
        place(token, clause.get());
        read(clause.get());
      }
    }
  }

  private void end() {
    if (!cursor.peek().isEnd()) {
      faults.add(
          cursor.peek().at(), "A second statement is not supported", ": a query is one SELECT.");
    }
  }

  /// Which clause a word starts or, misspelt, was meant to start.
  private Optional<Clause> clause(Token token) {
    if (token.kind() != Kind.WORD || Habits.isOne(token)) {
      return Optional.empty();
    }
    Optional<String> nearest = meantClause(token);
    nearest
        .filter(word -> !word.toLowerCase(Locale.ROOT).equals(token.lower()))
        .ifPresent(
            word -> faults.mistyped(token.at(), token.shown() + " is not expected here", word));
    return nearest.map(Clause::valueOf);
  }

  /// The first word of the clause that a word starts or, misspelt, was meant to start.
  static Optional<String> meantClause(Token token) {
    return token.kind() == Kind.WORD ? Nearest.to(token.text(), Clause.WORDS) : Optional.empty();
  }

  private void place(Token token, Clause clause) {
    if (seen.contains(clause)) {
      faults.add(token.at(), clause.shown() + " is given twice", ".");
    } else if (seen.stream().anyMatch(before -> before.compareTo(clause) > 0)) {
      faults.add(
          token.at(),
          clause.shown() + " is out of order",
          ": the order is SELECT, FROM, WHERE, ORDER BY, LIMIT, TIMESPAN.");
    }
    seen.add(clause);
  }

  private void read(Clause clause) {
    switch (clause) {
      case WHERE -> terms.addAll(new ConditionParser(cursor, faults).conditions());
      case ORDER -> order();
      case LIMIT -> limit();
      case TIMESPAN -> range();
    }
  }

  private void order() {
    if (!cursor.take("by")) {
      faults.add(cursor.peek().at(), "BY is missing after ORDER", ".");
    }
    do {
      if (cursor.atClauseEnd() || cursor.atSign(",")) {
        faults.add(cursor.peek().at(), "A name is missing in ORDER BY", ".");
      } else if (cursor.peek().kind() == Kind.NUMBER) {
        faults.add(cursor.next().at(), "A position cannot order", ": ORDER BY takes names.");
        direction();
      } else {
        Optional<Name> name = names.next();
        boolean ascending = direction();
        name.ifPresent(known -> order.add(new Ordering(known, ascending)));
      }
      nulls();
    } while (cursor.takeSign(","));
  }

  /// Takes the direction; true if it is ascending.
  private boolean direction() {
    Token token = cursor.peek();
    boolean ascending = cursor.take("asc");
    if (!ascending && !cursor.take("desc")) {
      if (cursor.take("ascending")) {
        faults.mistyped(token.at(), token.shown() + " is not expected here", "ASC");
      } else if (cursor.take("descending")) {
        faults.mistyped(token.at(), token.shown() + " is not expected here", "DESC");
      }
    }
    return ascending;
  }

  private void nulls() {
    if (cursor.at("nulls")) {
      Span nulls = cursor.next().at();
      boolean word = cursor.take("first") || cursor.take("last");
      faults.add(
          word ? nulls.to(cursor.last().at()) : nulls,
          "NULLS is not supported",
          ": empty values always come last.");
    }
  }

  private void limit() {
    Token token = cursor.peek();
    if (!cursor.atClauseEnd() && token.kind() != Kind.SIGN) {
      cursor.next();
    }
    Optional<Literal> value = Literals.read(ColumnType.INTEGER, token.text());
    if (token.kind() == Kind.NUMBER
        && value.isPresent()
        && value.get() instanceof Literal.Whole(long rows)
        && rows > 0) {
      limit = OptionalLong.of(rows);
    } else {
      faults.add(token.at(), "LIMIT takes a positive whole number", ", not " + token.shown() + ".");
    }
  }

  private Name rangeName(Token first) {
    StringBuilder word = new StringBuilder(first.text());
    Span at = first.at();
    while (first.isWord("last") && !cursor.atClauseEnd() && cursor.peek().kind() != Kind.SIGN) {
      word.append('_').append(cursor.peek().text());
      at = at.to(cursor.next().at());
    }
    if (!at.equals(first.at())) {
      faults.add(at, "The name of a date range is one word", ", such as LAST_7_DAYS.");
    }
    return new Name(word.toString(), at);
  }

  private void range() {
    if (cursor.takeSign("=")) {
      faults.add(cursor.last().at(), "TIMESPAN takes no =", ".");
    }
    Token token = cursor.peek();
    if (cursor.atName() && !cursor.atClauseEnd()) {
      range = Optional.of(rangeName(cursor.next()));
    } else {
      if (token.kind() == Kind.STRING || token.kind() == Kind.NUMBER) {
        cursor.next();
      }
      faults.add(
          token.at(),
          "TIMESPAN takes the name of a date range without quotes",
          ", such as LAST_MONTH, not " + token.shown() + ".");
    }
  }
}
