package dev.reprise.query;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what was typed in a condition as a value of the column's type, quoted or not.
///
/// - Shape: a date compared with a timestamp stands for its midnight UTC. A timestamp compared with
///   a date must be a midnight, since a day has no time of its own. A month is compared as its
///   first day, so any date will do.
/// - Limits: integers fit 64 bits; decimals have at most 18 digits before the point and 10 after,
///   more than is ever stored, and still exact in every engine.
final class Literals {
  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final int DIGITS_BEFORE_POINT = 18;
  private static final int DIGITS_AFTER_POINT = 10;
  private static final int LONGEST = 64;

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern MOMENT =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,3})?)?"
              + "(Z|z|[+-][0-9]{2}:[0-9]{2})?");

  private Literals() {}

  /// The value, or empty if the text is none of this type.
  static Optional<Literal> read(ColumnType type, String typed) {
    if (type == ColumnType.STRING) {
      return Optional.of(new Literal.Text(typed));
    }
    String text = typed.strip();
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    return switch (type) {
      case STRING -> Optional.of(new Literal.Text(typed));
      case INTEGER -> whole(text);
      case DECIMAL -> decimal(text);
      case BOOLEAN -> truth(text);
      case DATE -> day(text).map(Literal.Day::new);
      case MONTH -> Months.parse(text).or(() -> day(text)).map(Literal.Day::new);
      case TIMESTAMP -> moment(text).map(Literal.Moment::new);
    };
  }

  /// What is accepted, to go on after "takes".
  static String accepted(ColumnType type) {
    return switch (type) {
      case STRING -> "text, such as 'abc'";
      case INTEGER -> "a whole number of at most 64 bits, such as 100";
      case DECIMAL ->
          "a number with at most "
              + DIGITS_BEFORE_POINT
              + " digits before the point and "
              + DIGITS_AFTER_POINT
              + " after, such as 0.10";
      case DATE -> "a date, such as '2020-06-30' or '2020-06-30T00:00:00Z'";
      case TIMESTAMP -> "a UTC time, such as '2020-06-30T06:00:00Z' or '2020-06-30'";
      case BOOLEAN -> "1 or 0, 'true' or 'false', 'yes' or 'no'";
      case MONTH -> "a month, such as 'APR-2023' or '2023-04'";
    };
  }

  private static Optional<BigDecimal> number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(text).stripTrailingZeros();
    return Optional.of(number.scale() < 0 ? number.setScale(0, RoundingMode.UNNECESSARY) : number);
  }

  private static Optional<Literal> whole(String text) {
    return number(text)
        .filter(n -> n.scale() == 0 && n.compareTo(LEAST) >= 0 && n.compareTo(MOST) <= 0)
        .map(n -> new Literal.Whole(n.longValueExact()));
  }

  private static Optional<Literal> decimal(String text) {
    return number(text)
        .filter(n -> n.precision() - n.scale() <= DIGITS_BEFORE_POINT)
        .filter(n -> n.scale() <= DIGITS_AFTER_POINT)
        .map(Literal.Decimal::new);
  }

  private static Optional<Literal> truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "1", "true", "yes" -> Optional.of(new Literal.Truth(true));
      case "0", "false", "no" -> Optional.of(new Literal.Truth(false));
      default -> Optional.empty();
    };
  }

  private static Optional<LocalDate> day(String text) {
    return moment(text)
        .filter(moment -> moment.toLocalTime().equals(LocalTime.MIDNIGHT))
        .map(LocalDateTime::toLocalDate);
  }

  private static Optional<LocalDateTime> moment(String text) {
    try {
      if (DATE.matcher(text).matches()) {
        return Optional.of(LocalDate.parse(text).atStartOfDay()).filter(Literals::inRange);
      }
      if (!MOMENT.matcher(text).matches()) {
        return Optional.empty();
      }
      String iso = text.replace(' ', 'T').toUpperCase(Locale.ROOT);
      boolean zoned = iso.endsWith("Z") || iso.lastIndexOf('-') > 7 || iso.indexOf('+') > 0;
      LocalDateTime utc =
          zoned
              ? OffsetDateTime.parse(iso).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
              : LocalDateTime.parse(iso);
      return Optional.of(utc).filter(Literals::inRange);
    } catch (DateTimeException e) {
      return Optional.empty(); // A day or hour that does not exist, which the caller then says.
    }
  }

  /// Year 0 and before are written in another way by each engine.
  private static boolean inRange(LocalDateTime moment) {
    return moment.getYear() >= 1 && moment.getYear() <= 9999;
  }
}
