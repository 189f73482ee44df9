package dev.reprise.server.report;

import dev.reprise.server.access.Caller;
import java.util.Optional;

/// Which reports a caller may see: its own of one program; an administrator those of the tenant.
///
/// @param user whose reports; empty for everybody's
public record Scope(String program, String tenant, Optional<String> user) {
  public static Scope of(String program, Caller caller) {
    return new Scope(
        program,
        caller.tenant(),
        caller.seesEveryUser() ? Optional.empty() : Optional.of(caller.user()));
  }
}
