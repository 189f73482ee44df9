package dev.reprise.server.console;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// What the pages have to know of the service before they call it.
///
/// @param version of the service
/// @param programs whose reports there are, such as `cmp`
/// @param standIn whether the service issues tokens itself, to anybody
/// @param testClock whether time stands still until moved
/// @param issuer where people sign in, if that is set
public record Console(
    String version,
    List<String> programs,
    boolean standIn,
    boolean testClock,
    Optional<Issuer> issuer) {
  public Console {
    programs = List.copyOf(programs);
  }

  /// Where people sign in, as which client, and what is asked for there.
  public record Issuer(URI address, String client, String scopes) {
    /// Its host, as browsers name it: `https://id.example`.
    String origin() {
      return address.getScheme() + "://" + address.getRawAuthority();
    }
  }
}
