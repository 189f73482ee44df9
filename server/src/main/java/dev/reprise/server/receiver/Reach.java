package dev.reprise.server.receiver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The addresses at which a target may be called. They are what the connection is made to: the name
/// is not asked again, so that it cannot have another address by then.
public final class Reach {
  /// Ports of other protocols, some of which would take a request for a command.
  ///
  /// - Source: WHATWG Fetch, "port blocking".
  private static final Set<Integer> OTHER_PROTOCOLS =
      Set.of(
          0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95,
          101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179,
          389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601,
          636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566,
          6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080);

  private static final int TRIED = 4;

  private final AllowedReceivers allowed;
  private final Names names;
  private final Predicate<Target> ours;

  /// Asks for the addresses of a name.
  @FunctionalInterface
  public interface Names {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  /// @param ours targets that may be called on loopback, because they are the service's own
  public Reach(AllowedReceivers allowed, Names names, Predicate<Target> ours) {
    this.allowed = allowed;
    this.names = names;
    this.ours = ours;
  }

  /// At least one address, and no more than are worth trying.
  ///
  /// @throws IOException whose message says why there is none, without naming an address that the
  ///   caller did not name
  List<InetAddress> addresses(Target target) throws IOException {
    boolean anyAddress = allowed.hasHost(target.host());
    if (OTHER_PROTOCOLS.contains(target.port()) && !anyAddress) {
      throw new NotAllowed("port " + target.port() + " is one of another protocol");
    }
    List<InetAddress> may =
        Stream.of(known(target))
            .filter(address -> anyAddress || isAllowed(target, address))
            .limit(TRIED)
            .toList();
    if (may.isEmpty()) {
      throw new NotAllowed(
          target.host() + " has no public address, and callbacks.allow has none of it");
    }
    return may;
  }

  private InetAddress[] known(Target target) throws IOException {
    try {
      return names.of(target.host());
    } catch (UnknownHostException e) {
      throw new NotAllowed("the name " + target.host() + " has no address", e);
    }
  }

  private boolean isAllowed(Target target, InetAddress address) {
    return PublicAddress.is(address)
        || allowed.has(address)
        || (address.isLoopbackAddress() && ours.test(target));
  }

  /// A target that is not called, with the reason as its message.
  static final class NotAllowed extends IOException {
    private static final long serialVersionUID = 1;

    NotAllowed(String why) {
      super(why);
    }

    NotAllowed(String why, Throwable cause) {
      super(why, cause);
    }
  }
}
