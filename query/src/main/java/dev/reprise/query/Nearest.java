package dev.reprise.query;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds the valid name that a mistyped one was probably meant to be.
///
/// - Limits: at most a third of the letters may be wrong, and three at most; a swap of neighbours
///   counts once. Names over 64 characters have no neighbour, so the cost is bounded.
final class Nearest {
  private static final int LONGEST = 64;
  private static final int MOST_EDITS = 3;

  private Nearest() {}

  /// The first of the closest candidates, whatever the casing.
  static Optional<String> to(String typed, List<String> candidates) {
    if (typed.length() > LONGEST) {
      return Optional.empty();
    }
    String wanted = typed.toLowerCase(Locale.ROOT);
    int least = Math.min(MOST_EDITS, Math.max(1, wanted.length() / 3)) + 1;
    Optional<String> nearest = Optional.empty();
    for (String candidate : candidates) {
      if (Math.abs(candidate.length() - wanted.length()) < least) {
        int edits = edits(wanted, candidate.toLowerCase(Locale.ROOT));
        if (edits < least) {
          least = edits;
          nearest = Optional.of(candidate);
        }
      }
    }
    return nearest;
  }

  /// The optimal string alignment distance, with three rows of the table at a time.
  private static int edits(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] spare = beforeLast;
      beforeLast = last;
      last = row;
      row = spare;
    }
    return last[b.length()];
  }
}
