package dev.reprise.server.receiver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Addresses that begin with the same bits, as `10.0.0.0/8` or `fd00::/8`.
///
/// - Source: RFC 4632 section 3.1, RFC 4291 section 2.3.
public record Network(InetAddress first, int bits) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "((?:[0-9]{1,3}\\.){3}[0-9]{1,3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:/([0-9]{1,3}))?");

  /// Reads a network, or an address as the network of it alone; asks no name server.
  public static Optional<Network> parse(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      return Optional.empty();
    }
    try {
      InetAddress first = InetAddress.getAllByName(shape.group(1))[0];
      int all = first.getAddress().length * Byte.SIZE;
      int bits = shape.group(2) == null ? all : Integer.parseInt(shape.group(2));
      return bits > all ? Optional.empty() : Optional.of(new Network(first, bits));
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }

  /// One that is written in the code.
  static Network of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException(text));
  }

  boolean contains(InetAddress address) {
    byte[] ours = first.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if ((ours[bit / Byte.SIZE] & mask) != (theirs[bit / Byte.SIZE] & mask)) {
        return false;
      }
    }
    return true;
  }
}
