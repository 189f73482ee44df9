package dev.reprise.server.report;

import dev.reprise.server.access.Caller;
import dev.reprise.server.access.Role;
import java.util.Set;

/// Whose report it is, and with which rights its query runs.
///
/// @param roles as the owner had them when the report was made
public record Owner(String program, String tenant, String user, Set<Role> roles) {
  public Owner {
    roles = Set.copyOf(roles);
  }

  static Owner of(String program, Caller caller) {
    return new Owner(program, caller.tenant(), caller.user(), caller.roles());
  }

  /// The owner as a caller, for what its rights allow.
  public Caller caller() {
    return new Caller(tenant, user, roles);
  }
}
