package dev.reprise.server.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// What was done to a report and what came of it.
///
/// @param at to the second
/// @param what a word of [Act.What]
/// @param before the report before it, as JSON; empty if there was none
/// @param after the report after it, as JSON; empty if there is none
public record Event(
    Instant at,
    String who,
    String what,
    Optional<String> reason,
    Optional<String> client,
    Optional<String> before,
    Optional<String> after) {
  public Event {
    at = at.truncatedTo(ChronoUnit.SECONDS); // As it is shown, so that who reads it can check it.
  }

  /// What an act did.
  public static Event of(Act act, Instant at, Optional<String> before, Optional<String> after) {
    return new Event(at, act.who(), act.what().word(), act.reason(), act.client(), before, after);
  }
}
