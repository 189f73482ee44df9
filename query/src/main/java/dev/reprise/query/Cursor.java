package dev.reprise.query;

import dev.reprise.query.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/// Where the parser stands in the tokens of a query.
final class Cursor {
  /// The words with which a part of a query after the dataset starts, ours or another SQL's.
  private static final Set<String> CLAUSES =
      Set.of("where", "order", "limit", "timespan", "group", "having", "union");

  private final List<Token> tokens;
  private final int[] closing;
  private int index;

  Cursor(List<Token> tokens) {
    this.tokens = tokens;
    this.closing = closing(tokens);
  }

  Token peek() {
    return tokens.get(index);
  }

  Token peekSecond() {
    return tokens.get(Math.min(index + 1, tokens.size() - 1));
  }

  /// The token just taken.
  Token last() {
    return tokens.get(Math.max(0, index - 1));
  }

  /// Takes a token; the end stays.
  Token next() {
    Token token = peek();
    if (!token.isEnd()) {
      index++;
    }
    return token;
  }

  boolean at(String word) {
    return peek().isWord(word);
  }

  boolean atSign(String sign) {
    return peek().isSign(sign);
  }

  boolean take(String word) {
    return took(at(word));
  }

  boolean takeSign(String sign) {
    return took(atSign(sign));
  }

  private boolean took(boolean here) {
    if (here) {
      next();
    }
    return here;
  }

  /// Whether a name or what was meant as one stands here.
  boolean atName() {
    return peek().kind() == Kind.WORD || peek().kind() == Kind.MISQUOTED;
  }

  /// Whether the clause that is being read ends here.
  boolean atClauseEnd() {
    Token token = peek();
    return token.isEnd()
        || token.isSign(";")
        || (token.kind() == Kind.WORD && CLAUSES.contains(token.lower()));
  }

  void skipToClauseEnd() {
    while (!atClauseEnd()) {
      next();
    }
  }

  /// Leaves out the parenthesis here with what it encloses; alone if it is never closed.
  Span skipParentheses() {
    Span start = peek().at();
    index = closing[index] + 1;
    return start.to(last().at());
  }

  /// For each token the index of the parenthesis that closes it, else its own.
  private static int[] closing(List<Token> tokens) {
    int[] closing = new int[tokens.size()];
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < closing.length; i++) {
      closing[i] = i;
      if (tokens.get(i).isSign("(")) {
        open.push(i);
      } else if (tokens.get(i).isSign(")") && !open.isEmpty()) {
        closing[open.pop()] = i;
      }
    }
    return closing;
  }
}
