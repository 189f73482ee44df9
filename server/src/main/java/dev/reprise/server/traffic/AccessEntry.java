package dev.reprise.server.traffic;

import dev.reprise.server.log.Escaped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// What the access log says of one request. No query string and no header gets in here: links carry
/// their signature in the one, and requests their token in the other.
///
/// @param time when the request had come
/// @param caller tenant and user with a slash between, or [#NONE]
/// @param path without its query
/// @param call what was done, in words, or [#NONE]
/// @param bytes of the answer's body
/// @param whole whether all of the answer was sent
public record AccessEntry(
    Instant time,
    String correlationId,
    String caller,
    String remote,
    String method,
    String path,
    String call,
    int status,
    long bytes,
    Duration duration,
    boolean whole) {
  /// For what is not known.
  public static final String NONE = "-";

  private static final int LONGEST = 512;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /// The path of a request target in any form, sound or not: what could be a secret is left out.
  public static String pathOf(String target) {
    String path = target.split("[?#]", 2)[0];
    int authority = path.indexOf("://");
    if (path.startsWith("/") || authority < 0) {
      return path;
    }
    int slash = path.indexOf('/', authority + 3);
    return slash < 0 ? "/" : path.substring(slash); // A name and a password may stand before it.
  }

  /// One JSON object and a line end.
  String line() {
    StringBuilder line = new StringBuilder(300);
    line.append("{\"time\":\"").append(TIME.format(time)).append('"');
    text(line, "correlationId", correlationId);
    text(line, "caller", caller);
    text(line, "remote", remote);
    text(line, "method", method);
    text(line, "path", path);
    text(line, "call", call);
    line.append(",\"status\":").append(status).append(",\"bytes\":").append(bytes);
    long micros = duration.toNanos() / 1000;
    line.append(",\"millis\":").append(micros / 1000).append('.');
    line.append(Long.toString(1000 + micros % 1000), 1, 4);
    return line.append(whole ? "}\n" : ",\"whole\":false}\n").toString();
  }

  private static void text(StringBuilder line, String name, String value) {
    String some = value.length() > LONGEST ? value.substring(0, LONGEST) : value;
    line.append(",\"").append(name).append("\":").append(Escaped.json(some));
  }
}
