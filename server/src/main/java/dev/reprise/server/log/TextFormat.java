package dev.reprise.server.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;

/// One line an event, to be read by people: time in UTC, level, logger, what it is about, message.
/// A fault's stack follows, each line of it indented, so that only true events begin a line.
public final class TextFormat extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  @Override
  public String format(LogRecord event) {
    return "%s %-7s %s%s: %s%n%s"
        .formatted(
            time(event),
            event.getLevel().getName(),
            event.getLoggerName(),
            About.current().map(about -> " [" + Escaped.line(about) + "]").orElse(""),
            Escaped.line(formatMessage(event)),
            stack(event).lines().map(line -> "    " + line + "\n").collect(Collectors.joining()));
  }

  /// The stack of what was thrown, or nothing.
  static String stack(LogRecord event) {
    if (event.getThrown() == null) {
      return "";
    }
    StringWriter text = new StringWriter();
    event.getThrown().printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  static String time(LogRecord event) {
    return TIME.format(event.getInstant());
  }
}
