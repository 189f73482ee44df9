package dev.reprise.server.log;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Logger;

/// How the lines of the service's log look.
public enum LogFormat {
  TEXT,
  JSON;

  /// Writes all lines so from now on.
  public void install() {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setFormatter(formatter());
    }
  }

  private Formatter formatter() {
    return switch (this) {
      case TEXT -> new TextFormat();
      case JSON -> new JsonFormat();
    };
  }
}
