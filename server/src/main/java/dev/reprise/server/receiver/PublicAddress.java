package dev.reprise.server.receiver;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Which addresses are of the public internet, and so of nobody's own network.
///
/// - Source: IANA's registries of special-purpose addresses for IPv4 and IPv6 (RFC 6890): what is
///   not globally reachable there is not public here. Of 6to4 and Teredo, which carry other
///   addresses in theirs, none is.
final class PublicAddress {
  private static final List<Network> NOT_PUBLIC =
      networks(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // shared, behind a carrier's NAT
          "127.0.0.0/8", // loopback
          "168.63.129.16", // what an Azure host says to its guests; not in the registry
          "169.254.0.0/16", // link-local, and what clouds say to their machines
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4", // reserved, broadcast
          "2001::/23", // protocol assignments, Teredo
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4
          "3fff::/20"); // documentation

  private static final Network GLOBAL_UNICAST = Network.of("2000::/3");

  /// The IPv4 internet behind a NAT64 (RFC 6052): as public as the address that it ends with.
  private static final Network NAT64 = Network.of("64:ff9b::/96");

  private static final int IPV4_AT = 12;

  private PublicAddress() {}

  static boolean is(InetAddress address) {
    if (NAT64.contains(address)) {
      return is(embedded(address));
    }
    // Java makes an IPv4 address of one that is mapped into IPv6 (::ffff:127.0.0.1).
    boolean reachable = address instanceof Inet4Address || GLOBAL_UNICAST.contains(address);
    return reachable && NOT_PUBLIC.stream().noneMatch(network -> network.contains(address));
  }

  private static InetAddress embedded(InetAddress address) {
    byte[] bytes = address.getAddress();
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, IPV4_AT, bytes.length));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static List<Network> networks(String... texts) {
    return Stream.of(texts).map(Network::of).toList();
  }
}
