package dev.reprise.query;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;

/// A value in a condition, already of the type of the column or metric that it is compared with.
public sealed interface Literal {
  /// For a string; for LIKE, the pattern as typed.
  record Text(String value) implements Literal {}

  record Whole(long value) implements Literal {}

  record Decimal(BigDecimal value) implements Literal {}

  record Truth(boolean value) implements Literal {}

  /// For a date, and for a month as a day of it.
  record Day(LocalDate value) implements Literal {}

  /// For a timestamp; UTC, to the millisecond.
  record Moment(LocalDateTime value) implements Literal {}
}
