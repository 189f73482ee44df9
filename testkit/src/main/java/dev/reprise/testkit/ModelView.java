package dev.reprise.testkit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the model of a report looks like from outside, to compare with what the service says.
///
/// @param status `active`, `paused`, `inactive` or `inactive while paused`
/// @param next the first slot that has no outcome and was not chosen
/// @param chosen the slots that wait to be caught up, or for their turn
/// @param chosenFrom the oldest slot that is merged into the first of them
/// @param running the slot of the execution under way
public record ModelView(
    String status,
    Optional<Instant> pausedAt,
    Optional<Instant> until,
    Optional<Instant> next,
    List<Instant> chosen,
    Optional<Instant> chosenFrom,
    Optional<Instant> running,
    Optional<Instant> runningFrom,
    Optional<Integer> attempt,
    Optional<Instant> retryAt,
    int completed,
    int failures) {
  public ModelView {
    chosen = List.copyOf(chosen);
  }
}
