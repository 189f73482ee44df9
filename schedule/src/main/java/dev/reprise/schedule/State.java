package dev.reprise.schedule;

import java.time.Instant;
import java.util.Optional;

/// Where a report stands between two events.
///
/// - Shape: `next` is the first slot that has no outcome yet; the execution under way has one
///   coming and does not count. It is empty only while an execution is under way that has the last
///   slot of the schedule. Whether the count leaves it a place is another matter: see
///   [Lifecycle#pending].
public sealed interface State {
  /// How many reports have been generated.
  int generated();

  /// The execution under way.
  Optional<Running> running();

  /// The first slot without an outcome.
  Optional<Instant> next();

  /// Slots start executions.
  ///
  /// @param backlogUntil missed slots up to this one run one at a time, oldest first
  record Active(
      Optional<Instant> next,
      Optional<Running> running,
      Optional<Instant> backlogUntil,
      int generated)
      implements State {}

  /// No slot starts an execution; one under way goes on.
  ///
  /// @param since when it was paused, first in the paused span
  record Paused(Instant since, Optional<Instant> next, Optional<Running> running, int generated)
      implements State {}

  /// No slot is left.
  ///
  /// @param whilePaused whether it ended under a pause that nobody has resumed yet
  record Inactive(End end, boolean whilePaused, int generated) implements State {
    @Override
    public Optional<Running> running() {
      return Optional.empty();
    }

    @Override
    public Optional<Instant> next() {
      return Optional.empty();
    }
  }

  /// Why no slot is left.
  enum End {
    /// All reports of the count have been generated.
    COUNT_USED_UP,
    /// The end of the schedule has passed.
    END_PASSED
  }

  /// An execution that has started and has no outcome yet.
  ///
  /// @param attempt 1 for the first
  /// @param retryAt when the next attempt starts; empty while one is under way
  record Running(Instant slot, int attempt, Optional<Instant> retryAt) {}
}
