package dev.reprise.query;

import dev.reprise.query.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Cuts a query text into tokens, in one pass over it.
///
/// - Shape: what is no part of the language is reported here and left out, so that the parser goes
///   on with the rest. The last token is always [Kind#END].
final class Lexer {
  private static final Set<String> LONG_SIGNS =
      Set.of("!=", "<>", "<=", ">=", "==", "=>", "=<", "&&", "||");
  private static final String SIGNS = ",;()*=<>.+-/%\u2260\u2264\u2265";

  private final String text;
  private final Faults faults;
  private final List<Token> tokens = new ArrayList<>();
  private int position;

  private Lexer(String text, Faults faults) {
    this.text = text;
    this.faults = faults;
  }

  static List<Token> tokens(String text, Faults faults) {
    Lexer lexer = new Lexer(text, faults);
    while (lexer.position < text.length()) {
      lexer.next();
    }
    lexer.tokens.add(new Token(Kind.END, "", new Span(text.length(), text.length())));
    return lexer.tokens;
  }

  private void next() {
    char c = text.charAt(position);
    if (isSpace(c)) {
      position++;
    } else if (isQuote(c)) {
      string();
    } else if (isDigit(c) || (c == '-' && isDigit(charAt(position + 1)))) {
      number();
    } else if (isWordStart(c)) {
      word(position);
    } else if (startsComment()) {
      comment();
    } else if (closing(c) != 0) {
      misquoted(closing(c));
    } else {
      sign();
    }
  }

  /// Samples pasted from pages bring no-break and zero-width spaces along.
  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u200B' || c == '\uFEFF';
  }

  private static boolean isQuote(char c) {
    return c == '\'' || c == '\u2018' || c == '\u2019';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordStart(char c) {
    return c == '_' || Character.isLetterOrDigit(c) || Character.isSurrogate(c);
  }

  private static boolean isWordPart(char c) {
    return isWordStart(c)
        || c == '$'
        || c == '#'
        || Character.getType(c) == Character.NON_SPACING_MARK;
  }

  /// The closing sign of a quotation that SQL has elsewhere and this language has not; 0 if none.
  private static char closing(char opening) {
    return switch (opening) {
      case '"' -> '"';
      case '\u201C', '\u201D', '\u201E' -> '\u201D';
      case '`' -> '`';
      case '[' -> ']';
      default -> 0;
    };
  }

  private char charAt(int index) {
    return index < text.length() ? text.charAt(index) : 0;
  }

  private void add(Kind kind, String value, int start) {
    tokens.add(new Token(kind, value, new Span(start, position)));
  }

  private void string() {
    int start = position++;
    StringBuilder value = new StringBuilder();
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (isQuote(c)) {
        if (!isQuote(charAt(position))) {
          add(Kind.STRING, storable(value.toString(), start), start);
          return;
        }
        position++;
        value.append('\'');
      } else {
        value.append(c);
      }
    }
    faults.add(
        new Span(start, start + 1),
        "A quote is opened and never closed",
        ": a quote inside a text is written twice, as in 'O''Neil'.");
    add(Kind.STRING, value.toString(), start);
  }

  /// Databases cannot hold these, so nothing could match.
  private String storable(String value, int start) {
    boolean broken =
        value
            .codePoints()
            .anyMatch(
                c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    if (broken) {
      faults.add(
          new Span(start, position), "This text has a character that is not valid Unicode", ".");
    }
    return value;
  }

  private void number() {
    int start = position++;
    while (isDigit(charAt(position))) {
      position++;
    }
    if (charAt(position) == '.' && isDigit(charAt(position + 1))) {
      position++;
      while (isDigit(charAt(position))) {
        position++;
      }
    }
    if (isWordPart(charAt(position))) {
      word(start);
    } else {
      add(Kind.NUMBER, text.substring(start, position), start);
    }
  }

  private void word(int start) {
    while (isWordPart(charAt(position))) {
      position++;
    }
    add(Kind.WORD, text.substring(start, position), start);
  }

  private boolean startsComment() {
    return text.startsWith("--", position)
        || text.startsWith("/*", position)
        || text.startsWith("//", position)
        || text.charAt(position) == '#';
  }

  private void comment() {
    int start = position;
    boolean block = text.startsWith("/*", position);
    int end = text.indexOf(block ? "*/" : "\n", position + 1);
    position = end < 0 ? text.length() : end + (block ? 2 : 0);
    faults.add(new Span(start, position), "Comments are not supported", ": leave it out.");
  }

  private void misquoted(char closing) {
    int start = position;
    int end = text.indexOf(closing, start + 1);
    boolean closed = end >= 0;
    position = closed ? end + 1 : start + 1;
    char opening = text.charAt(start);
    String what =
        switch (opening) {
          case '`' -> "Backticks are not supported";
          case '[' -> "Square brackets are not supported";
          default -> "Double quotes are not supported";
        };
    faults.add(
        new Span(start, position), what, ": write a name without quotes and a text as 'text'.");
    if (closed) {
      add(Kind.MISQUOTED, text.substring(start + 1, end), start);
    } else {
      position = text.length(); // As for an unclosed quote: what follows is not to be trusted.
    }
  }

  private void sign() {
    int start = position;
    if (position + 2 <= text.length()
        && LONG_SIGNS.contains(text.substring(position, position + 2))) {
      position += 2;
      add(Kind.SIGN, text.substring(start, position), start);
      return;
    }
    position++;
    if (SIGNS.indexOf(text.charAt(start)) >= 0) {
      add(Kind.SIGN, text.substring(start, position), start);
    } else {
      while (position < text.length() && text.charAt(position) == text.charAt(start)) {
        position++; // As in {{x}}.
      }
      String sign = text.substring(start, position);
      faults.add(
          new Span(start, position),
          Faults.shown(sign) + " is not part of the query language",
          ".");
    }
  }
}
