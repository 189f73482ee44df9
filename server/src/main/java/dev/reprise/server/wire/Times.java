package dev.reprise.server.wire;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.RefusedException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/// Times as the contract writes them: `yyyy-MM-ddTHH:mm:ssZ`, UTC, to the second.
public final class Times {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);

  private Times() {}

  /// A time or a day that a call gives as a parameter.
  public static Optional<Instant> parameter(Call call, String name) {
    return call.parameters()
        .text(name)
        .map(text -> parseTimeOrDay(text, call.profile()).orElseThrow(() -> notATime(name, text)));
  }

  /// The refusal of a text that is neither a time nor a day.
  public static RefusedException notATime(String name, String text) {
    return ErrorCode.VALUE_INVALID.because(
        name + " should follow format: yyyy-MM-ddTHH:mm:ssZ or yyyy-MM-dd, it is " + text);
  }

  public static String format(Instant instant) {
    return FORMAT.format(instant);
  }

  /// The documented format; under the live profile also with a space for `T`.
  public static Optional<Instant> parse(String text, WireProfile profile) {
    boolean spaced = profile == WireProfile.LIVE && text.length() == 20 && text.charAt(10) == ' ';
    return parseExactly(spaced ? text.replace(' ', 'T') : text);
  }

  /// Exactly the documented format.
  public static Optional<Instant> parseExactly(String exact) {
    if (exact.length() != 20) {
      return Optional.empty(); // A year of more than four digits, with its sign.
    }
    try {
      LocalDateTime time = LocalDateTime.parse(exact, FORMAT);
      return time.getYear() < 1 ? Optional.empty() : Optional.of(time.toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException notATime) {
      return Optional.empty();
    }
  }

  /// A time as above, or a day, which begins at midnight.
  public static Optional<Instant> parseTimeOrDay(String text, WireProfile profile) {
    if (text.length() != 10) {
      return parse(text, profile);
    }
    try {
      LocalDate day = LocalDate.parse(text);
      return day.getYear() < 1
          ? Optional.empty()
          : Optional.of(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeParseException notADay) {
      return Optional.empty();
    }
  }
}
