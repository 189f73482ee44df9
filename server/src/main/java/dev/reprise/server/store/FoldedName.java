package dev.reprise.server.store;

/// How names are compared that match in any casing: kept folded beside the name, since SQLite knows
/// the casing of ASCII only.
///
/// - Shape: two names have the same folded form exactly when [String#equalsIgnoreCase] says so,
///   whatever the locale.
public final class FoldedName {
  private FoldedName() {}

  /// The folded form of a name.
  public static String of(String name) {
    var folded = new StringBuilder(name.length());
    name.codePoints()
        .map(point -> Character.toLowerCase(Character.toUpperCase(point)))
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }
}
