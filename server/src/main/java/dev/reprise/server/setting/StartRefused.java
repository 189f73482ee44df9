package dev.reprise.server.setting;

import dev.reprise.server.log.Escaped;

/// Why the service does not start, for the one who starts it: one line that names what to change.
public final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String line;

  public StartRefused(String line) {
    super(line);
    this.line = Escaped.line(line);
  }

  public StartRefused(String line, Throwable cause) {
    super(line, cause);
    this.line = Escaped.line(line);
  }

  /// The line to print.
  public String line() {
    return line;
  }
}
