package dev.reprise.server.language;

import io.trino.grammar.sql.SqlBaseLexer;
import io.trino.grammar.sql.SqlBaseParser;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/// The grammar that Trino's own parser is made from.
final class TrinoGrammar {
  private TrinoGrammar() {}

  /// Whether Trino would read the SQL as one statement.
  static boolean reads(String sql) {
    SqlBaseLexer lexer = new SqlBaseLexer(CharStreams.fromString(sql));
    SqlBaseParser parser = new SqlBaseParser(new CommonTokenStream(lexer));
    parser.setErrorHandler(new BailErrorStrategy());
    try {
      parser.singleStatement();
      return true;
    } catch (ParseCancellationException e) {
      return false; // The caller knows the text and says so.
    }
  }
}
