package dev.reprise.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/// The days that a query covers, as `TIMESPAN` names them.
///
/// - Source: the query language, "Meaning".
public enum DateRange {
  TODAY(Unit.DAYS, 0),
  YESTERDAY(Unit.DAYS, 1),
  LAST_7_DAYS(Unit.DAYS, 7),
  LAST_14_DAYS(Unit.DAYS, 14),
  LAST_30_DAYS(Unit.DAYS, 30),
  LAST_90_DAYS(Unit.DAYS, 90),
  LAST_180_DAYS(Unit.DAYS, 180),
  LAST_365_DAYS(Unit.DAYS, 365),
  LAST_MONTH(Unit.MONTHS, 1),
  LAST_3_MONTHS(Unit.MONTHS, 3),
  LAST_6_MONTHS(Unit.MONTHS, 6),
  LAST_1_YEAR(Unit.MONTHS, 12),
  LAST_2_YEARS(Unit.MONTHS, 24),
  LAST_3_YEARS(Unit.MONTHS, 36),
  LIFETIME(Unit.ALL, 0);

  private enum Unit {
    DAYS,
    MONTHS,
    ALL
  }

  private final Unit unit;
  private final int count;

  DateRange(Unit unit, int count) {
    this.unit = unit;
    this.count = count;
  }

  /// The complete UTC days or months before the day of a slot; for [#TODAY] that day itself.
  public Window window(Instant slot) {
    LocalDate day = slot.atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate month = day.withDayOfMonth(1);
    return switch (unit) {
      case DAYS -> this == TODAY ? days(day, day.plusDays(1)) : days(day.minusDays(count), day);
      case MONTHS -> days(month.minusMonths(count), month);
      case ALL -> new Window(Optional.empty(), Optional.empty());
    };
  }

  private static Window days(LocalDate from, LocalDate to) {
    return new Window(Optional.of(midnight(from)), Optional.of(midnight(to)));
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
