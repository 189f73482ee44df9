package dev.reprise.query;

import java.util.Locale;

/// One word, value or sign of the query text.
///
/// @param text as typed; of a string, what is between the quotes
/// @param lower the text in lower case, by which words and signs are recognised
record Token(Kind kind, String text, String lower, Span at) {
  enum Kind {
    WORD,
    NUMBER,
    STRING,
    /// In double quotes or backticks, which is a fault already reported; may mean a name or a
    /// value.
    MISQUOTED,
    SIGN,
    END
  }

  Token(Kind kind, String text, Span at) {
    // Keywords are ASCII; a string needs no lower case to be recognised.
    this(kind, text, kind == Kind.WORD ? text.toLowerCase(Locale.ROOT) : text, at);
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && lower.equals(word);
  }

  boolean isSign(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean isEnd() {
    return kind == Kind.END;
  }

  /// For a message: as typed, or where the text ends.
  String shown() {
    return isEnd() ? "the end" : Faults.shown(text);
  }
}
