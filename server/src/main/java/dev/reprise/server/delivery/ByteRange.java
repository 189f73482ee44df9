package dev.reprise.server.delivery;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of a file that a request asks for.
///
/// - Units: bytes, counted from 0; `last` is the last one sent.
/// - Limits: a number of any length is understood; no file is as long as the largest `long`.
/// - Source: RFC 9110 section 14.
record ByteRange(long first, long last) {
  private static final Pattern ONE =
      Pattern.compile("bytes=[ \\t]*([0-9]*)-([0-9]*)[ \\t]*", Pattern.CASE_INSENSITIVE);

  /// So many digits always fit a `long`.
  private static final int LONGEST = 18;

  /// Whether the file has any of these bytes.
  boolean isWithin(long bytes) {
    return first < bytes;
  }

  long length() {
    return last - first + 1;
  }

  /// What a `Range` header asks of a file; empty where the header is to be ignored, as one with
  /// several ranges or bad syntax may be, and the whole file sent.
  static Optional<ByteRange> of(String header, long bytes) {
    Matcher one = ONE.matcher(header);
    if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (one.group(1).isEmpty()) {
      long suffix = number(one.group(2));
      return Optional.of(new ByteRange(Math.max(0, bytes - suffix), bytes - 1));
    }
    long first = number(one.group(1));
    long last = one.group(2).isEmpty() ? bytes - 1 : number(one.group(2));
    if (!one.group(2).isEmpty() && last < first) {
      return Optional.empty(); // Bad syntax by section 14.1.1, not a range outside of the file.
    }
    return Optional.of(new ByteRange(first, Math.min(last, bytes - 1)));
  }

  private static long number(String digits) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    return significant.length() > LONGEST ? Long.MAX_VALUE : Long.parseLong(significant);
  }
}
