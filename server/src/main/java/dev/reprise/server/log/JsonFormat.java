package dev.reprise.server.log;

import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/// One JSON object a line, to be read by programs: `time`, `level`, `logger`, `about` if there is
/// something, `message`, and `stack` for a fault.
public final class JsonFormat extends Formatter {
  @Override
  public String format(LogRecord event) {
    StringBuilder line = new StringBuilder("{\"time\":\"").append(TextFormat.time(event));
    line.append("\",\"level\":\"").append(event.getLevel().getName()).append('"');
    add(line, "logger", String.valueOf(event.getLoggerName()));
    About.current().ifPresent(about -> add(line, "about", about));
    add(line, "message", formatMessage(event));
    String stack = TextFormat.stack(event);
    if (!stack.isEmpty()) {
      add(line, "stack", stack);
    }
    return line.append("}\n").toString();
  }

  private static void add(StringBuilder line, String name, String value) {
    line.append(",\"").append(name).append("\":").append(Escaped.json(value));
  }
}
