package dev.reprise.server.receiver;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Who may be called besides the public internet.
///
/// @param hosts names that may have any address, in lower case
/// @param networks addresses that any name may have
public record AllowedReceivers(Set<String> hosts, List<Network> networks) {
  /// Nobody.
  public static final AllowedReceivers NONE = new AllowedReceivers(Set.of(), List.of());

  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,62}\\.)*[a-z0-9-]{0,61}[a-z][a-z0-9-]*");

  public AllowedReceivers {
    hosts = Set.copyOf(hosts);
    networks = List.copyOf(networks);
  }

  /// Reads names, addresses and networks.
  ///
  /// @throws IllegalArgumentException if one is none of these
  public static AllowedReceivers parse(List<String> texts) {
    Set<String> hosts = new LinkedHashSet<>();
    List<Network> networks = new ArrayList<>();
    for (String text : texts) {
      String folded = text.toLowerCase(Locale.ROOT);
      Optional<Network> network = Network.parse(folded);
      network.ifPresent(networks::add);
      if (network.isEmpty()) {
        if (folded.length() > 253 || !NAME.matcher(folded).matches()) {
          throw new IllegalArgumentException(text);
        }
        hosts.add(folded);
      }
    }
    return new AllowedReceivers(hosts, networks);
  }

  boolean hasHost(String host) {
    return hosts.contains(host);
  }

  boolean has(InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }
}
