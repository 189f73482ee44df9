package dev.reprise.server.report;

import dev.reprise.server.access.Caller;
import java.util.Optional;

/// Which reports a caller may see: its own; an administrator those of the tenant.
///
/// @param program of which program; empty for all
/// @param user whose reports; empty for everybody's
public record Scope(Optional<String> program, String tenant, Optional<String> user) {
  /// Whether a report of this owner may be seen.
  boolean covers(Owner owner) {
    return program.map(owner.program()::equals).orElse(true)
        && tenant.equals(owner.tenant())
        && user.map(owner.user()::equals).orElse(true);
  }

  /// Those of one program.
  public static Scope of(String program, Caller caller) {
    return of(Optional.of(program), caller);
  }

  /// Those of all programs, for calls that are under none.
  public static Scope ofAllPrograms(Caller caller) {
    return of(Optional.empty(), caller);
  }

  private static Scope of(Optional<String> program, Caller caller) {
    return new Scope(
        program,
        caller.tenant(),
        caller.seesEveryUser() ? Optional.empty() : Optional.of(caller.user()));
  }
}
