package dev.reprise.query;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.RefusedException;
import dev.reprise.query.Tree.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Collects what is wrong with one query text.
///
/// - Limits: keeps the first [#MOST]; the others are only counted, so that a hostile text costs no
///   more than a bad one.
final class Faults {
  static final int MOST = 20;
  private static final int LONGEST_SHOWN = 60;

  private final String text;
  private final List<Fault> faults = new ArrayList<>();
  private int more;

  Faults(String text) {
    this.text = text;
  }

  /// Reports `what (line:column)rest`.
  void add(Span at, String what, String rest) {
    add(ErrorCode.QUERY_INVALID, at, what, rest, Optional.empty());
  }

  /// Reports a name that is unknown, with the nearest valid one if there is any.
  ///
  /// @param what goes on after the name, such as "is not a dataset"
  void unknown(ErrorCode code, Name name, String what, String rest, List<String> valid) {
    if (isFull()) {
      more++;
      return;
    }
    Optional<String> nearest = Nearest.to(name.text(), valid);
    String prefix = code == ErrorCode.QUERY_INVALID ? "" : code.text() + ": ";
    add(
        code,
        name.at(),
        prefix + shown(name.text()) + " " + what,
        rest + nearest.map(near -> " Did you mean '" + near + "'?").orElse(""),
        nearest);
  }

  /// Reports something that has one plain correction.
  ///
  /// @param correction what to write instead, word for word
  void mistyped(Span at, String what, String correction) {
    add(
        ErrorCode.QUERY_INVALID,
        at,
        what,
        ". Did you mean '" + correction + "'?",
        Optional.of(correction));
  }

  private void add(ErrorCode code, Span at, String what, String rest, Optional<String> suggestion) {
    if (isFull()) {
      more++;
      return;
    }
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < at.start(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1))) {
        line++;
        lineStart = i + 1;
      }
    }
    int column = text.codePointCount(lineStart, at.start()) + 1;
    int length = text.codePointCount(at.start(), at.end());
    String message = "%s (%d:%d)%s".formatted(what, line, column, rest);
    faults.add(new Fault(code, message, line, column, length, suggestion));
  }

  boolean isFull() {
    return faults.size() >= MOST;
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }

  List<Fault> inTextOrder() {
    return faults.stream()
        .sorted(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column))
        .toList();
  }

  /// All faults as one refusal, those with documented texts first.
  RefusedException refusal() {
    List<Fault> ordered =
        inTextOrder().stream().sorted(Comparator.comparingInt(Faults::rank)).toList();
    String message = ordered.stream().map(Fault::message).collect(Collectors.joining(" "));
    return ordered
        .getFirst()
        .code()
        .saying(more == 0 ? message : message + " " + more + " more faults are not shown.");
  }

  private static int rank(Fault fault) {
    return switch (fault.code()) {
      case DATASET_UNKNOWN -> 0;
      case COLUMN_UNKNOWN -> 1;
      default -> 2;
    };
  }

  /// In quotes, and cut where it would drown the message.
  static String shown(String typed) {
    return "'" + cut(typed) + "'";
  }

  /// On one line, cut where it would drown the message, and always valid Unicode.
  static String cut(String typed) {
    // Most of what is typed, and in a hostile text there is much of it that nobody will see.
    if (typed.length() <= LONGEST_SHOWN && typed.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      return typed;
    }
    StringBuilder line = new StringBuilder();
    typed.codePoints().limit(LONGEST_SHOWN).map(Faults::printable).forEach(line::appendCodePoint);
    boolean whole = typed.codePoints().limit(LONGEST_SHOWN + 1).count() <= LONGEST_SHOWN;
    return whole ? line.toString() : line + "…";
  }

  private static int printable(int c) {
    boolean unpaired = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return unpaired ? '\uFFFD' : Character.isISOControl(c) ? ' ' : c;
  }
}
