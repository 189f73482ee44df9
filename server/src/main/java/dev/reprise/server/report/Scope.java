package dev.reprise.server.report;

import dev.reprise.server.access.Caller;
import java.util.Optional;

/// Which reports a caller may see: its own of one program; an administrator those of the tenant.
///
/// @param user whose reports; empty for everybody's
public record Scope(String program, String tenant, Optional<String> user) {
  /// Whether a report of this owner may be seen.
  boolean covers(Owner owner) {
    return program.equals(owner.program())
        && tenant.equals(owner.tenant())
        && user.map(owner.user()::equals).orElse(true);
  }

  public static Scope of(String program, Caller caller) {
    return new Scope(
        program,
        caller.tenant(),
        caller.seesEveryUser() ? Optional.empty() : Optional.of(caller.user()));
  }
}
