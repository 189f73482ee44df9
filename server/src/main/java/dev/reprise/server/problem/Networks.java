package dev.reprise.server.problem;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// From where requests come, as one party.
final class Networks {
  private static final int IPV6_PREFIX_BYTES = 8;

  private Networks() {}

  /// The address of an IPv4 host; of an IPv6 host its network, as one host has all addresses of a
  /// /64 to itself (RFC 6177).
  static String of(SocketAddress remote) {
    if (!(remote instanceof InetSocketAddress internet) || internet.getAddress() == null) {
      return remote.toString();
    }
    byte[] bytes = internet.getAddress().getAddress();
    return HexFormat.of()
        .formatHex(
            internet.getAddress() instanceof Inet6Address
                ? Arrays.copyOf(bytes, IPV6_PREFIX_BYTES)
                : bytes);
  }
}
