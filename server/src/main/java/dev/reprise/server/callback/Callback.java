package dev.reprise.server.callback;

import dev.reprise.server.report.Definition.Callback.Method;
import dev.reprise.server.report.ReportId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What tells a receiver of one completed execution, and how far that has come.
///
/// @param execution is also its own id, the same in every attempt
/// @param url of the report, as it is now
/// @param next when it is tried next, while it waits
/// @param attempts oldest first, the newest [#KEPT_ATTEMPTS] of them
public record Callback(
    UUID execution,
    ReportId report,
    Instant slot,
    Method method,
    String url,
    State state,
    Instant createdAt,
    Optional<Instant> next,
    Optional<Instant> endedAt,
    List<Attempt> attempts) {
  /// How many attempts are kept of one callback.
  public static final int KEPT_ATTEMPTS = 50;

  public Callback {
    attempts = List.copyOf(attempts);
  }

  /// How far it has come.
  public enum State {
    /// It is to be tried, for the first time or again.
    WAITING("waiting"),
    /// The receiver has answered 2xx.
    DELIVERED("delivered"),
    /// It was tried as often as it is worth.
    FAILED("failed"),
    /// The receiver has answered 410: it wants no more of it.
    GONE("gone");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /// As callers see it.
    public String word() {
      return word;
    }
  }

  /// One request to the receiver.
  ///
  /// @param number 1 for the first
  /// @param at by the service's clock
  /// @param status of the answer; empty if there was none
  /// @param error why it was not a success
  public record Attempt(
      int number, Instant at, long millis, Optional<Integer> status, Optional<String> error) {}
}
