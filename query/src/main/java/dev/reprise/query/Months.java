package dev.reprise.query;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Months as they are written: `APR-2023`, or `2023-04`.
final class Months {
  private static final List<String> WORDS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

  private static final Pattern WORD_FIRST = Pattern.compile("([A-Za-z]{3})-(\\d{4})");
  private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})-(\\d{2})");

  private Months() {}

  /// The three letters of a month, counted from 1.
  static String word(int month) {
    return WORDS.get(month - 1);
  }

  /// The first day of the month that the text names.
  static Optional<LocalDate> parse(String text) {
    Matcher wordFirst = WORD_FIRST.matcher(text);
    if (wordFirst.matches()) {
      int index = WORDS.indexOf(wordFirst.group(1).toUpperCase(Locale.ROOT));
      return firstDay(wordFirst.group(2), index + 1);
    }
    Matcher yearFirst = YEAR_FIRST.matcher(text);
    return yearFirst.matches()
        ? firstDay(yearFirst.group(1), Integer.parseInt(yearFirst.group(2)))
        : Optional.empty();
  }

  private static Optional<LocalDate> firstDay(String year, int month) {
    try {
      return Optional.of(LocalDate.of(Integer.parseInt(year), month, 1));
    } catch (DateTimeException e) {
      return Optional.empty(); // Month 0 or 13: not a month, which the caller then says.
    }
  }
}
