package dev.reprise.server.receiver;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The status line and the headers of an answer. Nothing else of an answer is asked for.
///
/// - Limits: 32 KiB; ten answers that say nothing yet (100 to 199).
/// - Source: RFC 9112 sections 4 and 5.
record AnswerHead(int status, List<String> headers) {
  private static final int LIMIT = 32 * 1024;
  private static final int PREAMBLES = 10;
  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.[0-9] ([1-5][0-9]{2})(?: .*)?");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  AnswerHead {
    headers = List.copyOf(headers);
  }

  /// Reads until the line that ends the headers.
  ///
  /// @throws IOException with words for who wrote the address
  static AnswerHead read(InputStream in) throws IOException {
    for (int i = 0; i < PREAMBLES; i++) {
      AnswerHead head = one(in);
      if (head.status() >= 200) {
        return head;
      }
    }
    throw new NoAnswer("it does not come to an answer");
  }

  private static AnswerHead one(InputStream in) throws IOException {
    int left = LIMIT;
    String line = line(in, left);
    Matcher status = STATUS_LINE.matcher(line);
    if (!status.matches()) {
      throw new NoAnswer("what it answers is not HTTP/1.1");
    }
    List<String> headers = new ArrayList<>();
    do {
      left -= line.length() + 2;
      line = line(in, left);
      headers.add(line);
    } while (!line.isEmpty());
    return new AnswerHead(Integer.parseInt(status.group(1)), headers);
  }

  private static String line(InputStream in, int limit) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new NoAnswer("the connection ended before an answer");
      }
      if (line.length() >= limit) {
        throw new NoAnswer("its answer has more than " + LIMIT + " bytes of headers");
      }
      line.append((char) next);
    }
    int end = line.length();
    return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
  }

  /// How long the receiver wants to be left alone: seconds, or a time, taken from the time that the
  /// same answer says it is.
  ///
  /// - Source: RFC 9110 section 10.2.3.
  Optional<Duration> retryAfter() {
    return header("retry-after")
        .flatMap(text ->
            SECONDS.matcher(text).matches()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                : time(text)
                    .flatMap(then ->
                        header("date")
                            .flatMap(AnswerHead::time)
                            .map(now -> Duration.between(now, then)))
                    .filter(wait -> !wait.isNegative()));
  }

  /// How long its body is, if it says so.
  Optional<Long> length() {
    return header("content-length")
        .filter(text -> SECONDS.matcher(text).matches())
        .map(Long::parseLong);
  }

  private Optional<String> header(String name) {
    return headers.stream()
        .filter(line ->
            line.indexOf(':') == name.length()
                && line.regionMatches(true, 0, name, 0, name.length()))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }

  /// No answer, with the reason as its message.
  static final class NoAnswer extends IOException {
    private static final long serialVersionUID = 1;

    NoAnswer(String why) {
      super(why);
    }
  }
}
