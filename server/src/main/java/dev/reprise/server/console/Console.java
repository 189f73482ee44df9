package dev.reprise.server.console;

import java.util.List;

/// What the pages have to know of the service before they call it.
///
/// @param version of the service
/// @param programs whose reports there are, such as `cmp`
/// @param standIn whether the service issues tokens itself, to anybody
/// @param testClock whether time stands still until moved
public record Console(String version, List<String> programs, boolean standIn, boolean testClock) {
  public Console {
    programs = List.copyOf(programs);
  }
}
