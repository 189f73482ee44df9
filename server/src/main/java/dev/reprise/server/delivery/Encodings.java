package dev.reprise.server.delivery;

import java.util.Locale;
import java.util.Optional;

/// Whether a download is packed on its way.
///
/// - Source: RFC 9110 section 12.5.3.
enum Encodings {
  /// Only if the request accepts it.
  IF_ACCEPTED,
  /// Unless the request says `identity`: clients of the live service unpack without asking.
  UNLESS_REFUSED;

  /// @param header the request's `Accept-Encoding`
  boolean gzip(Optional<String> header) {
    double gzip = header.map(text -> weight(text, "gzip")).orElse(-1.0);
    double identity = header.map(text -> weight(text, "identity")).orElse(-1.0);
    boolean accepted = gzip > 0 && gzip >= identity;
    return switch (this) {
      case IF_ACCEPTED -> accepted;
      case UNLESS_REFUSED -> accepted || (gzip < 0 && identity <= 0);
    };
  }

  /// The weight of a coding, that of `*` if only that is there, or -1. What is not a weight is 0.
  private static double weight(String header, String coding) {
    double any = -1;
    for (String item : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = item.split(";", 2);
      String name = parts[0].strip();
      double weight = parts.length == 1 ? 1 : q(parts[1].strip());
      if (name.equals(coding)) {
        return weight;
      }
      if (name.equals("*") && coding.equals("gzip")) {
        any = weight;
      }
    }
    return any;
  }

  private static double q(String parameter) {
    return parameter.matches("q[ \\t]*=[ \\t]*(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")
        ? Double.parseDouble(parameter.substring(parameter.indexOf('=') + 1).strip())
        : 0;
  }
}
