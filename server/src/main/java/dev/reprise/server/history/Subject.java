package dev.reprise.server.history;

import dev.reprise.server.access.Caller;
import java.util.UUID;

/// The report that a history is about, and whose it is or was.
public record Subject(UUID report, String program, String tenant, String user) {
  /// Whether a caller sees, or saw, the report.
  boolean isFor(Caller caller) {
    return tenant.equals(caller.tenant()) && (caller.seesEveryUser() || user.equals(caller.user()));
  }
}
