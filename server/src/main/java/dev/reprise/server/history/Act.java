package dev.reprise.server.history;

import dev.reprise.server.access.Caller;
import java.util.Optional;

/// What somebody did to a report.
///
/// @param who a user, or the service itself
/// @param client from which program; empty for the service itself
public record Act(What what, String who, Optional<String> reason, Optional<String> client) {
  /// Who acts when nobody does.
  public static final String SERVICE = "service";

  /// What a caller does.
  public static Act by(Caller caller, What what, Optional<String> reason) {
    return new Act(what, caller.user(), reason, caller.client());
  }

  /// What the service does by itself.
  public static Act ofService(What what, String reason) {
    return new Act(what, SERVICE, Optional.of(reason), Optional.empty());
  }

  /// What can be done.
  public enum What {
    CREATE("create"),
    UPDATE("update"),
    PAUSE("pause"),
    RESUME("resume"),
    DELETE("delete"),
    /// The service pauses a report that fails again and again.
    AUTOMATIC_PAUSE("automaticPause"),
    /// The time has come until which it was paused.
    TIMED_RESUME("timedResume"),
    /// That time has come, but the report may not be resumed.
    HOLD("hold"),
    /// No slot is left.
    END("end"),
    /// The watchdog corrected what was stored.
    HEAL("heal");

    private final String word;

    What(String word) {
      this.word = word;
    }

    /// As the history has it.
    public String word() {
      return word;
    }
  }
}
