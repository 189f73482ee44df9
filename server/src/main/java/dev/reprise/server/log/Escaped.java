package dev.reprise.server.log;

/// Text as a log may hold it: nothing in it ends a line, moves a cursor or looks like another text.
public final class Escaped {
  private static final char[] DIGITS = "0123456789abcdef".toCharArray();

  private Escaped() {}

  /// The text as a JSON string, with its quotes, in printable ASCII.
  public static String json(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= ' ' && c <= '~') {
        out.append(c);
      } else {
        unicode(out, c);
      }
    }
    return out.append('"').toString();
  }

  /// The text with its control characters, line ends among them, written as escapes. Letters of any
  /// language stay.
  public static String line(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isMischief(c)) {
        unicode(out, c);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /// Controls, line and paragraph ends of Unicode, and marks that turn the direction of writing.
  private static boolean isMischief(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static void unicode(StringBuilder out, char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(DIGITS[(c >> shift) & 0xf]);
    }
  }
}
