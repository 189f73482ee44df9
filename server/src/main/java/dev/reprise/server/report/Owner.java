package dev.reprise.server.report;

import dev.reprise.server.access.Caller;

/// Whose report it is.
public record Owner(String program, String tenant, String user) {
  static Owner of(String program, Caller caller) {
    return new Owner(program, caller.tenant(), caller.user());
  }

  /// Whether a caller sees this owner's reports, whatever the program.
  public boolean isSeenBy(Caller caller) {
    return tenant.equals(caller.tenant()) && (caller.seesEveryUser() || user.equals(caller.user()));
  }
}
