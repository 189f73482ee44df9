package dev.reprise.schedule;

import java.time.Instant;
import java.util.Optional;

/// Where a report stands between two events. It has the same size however many slots were missed.
public sealed interface State {
  /// How many reports have been generated.
  int generated();

  /// What it has done and owes; empty once it is inactive.
  Optional<Progress> progress();

  /// The execution under way.
  default Optional<Running> running() {
    return progress().flatMap(Progress::running);
  }

  /// The first slot of the grid without an outcome. Whether an execution waits for it is another
  /// matter: see [Lifecycle#pending].
  default Optional<Instant> next() {
    return progress().flatMap(Progress::next);
  }

  /// Slots start executions.
  record Active(Progress done) implements State {
    @Override
    public int generated() {
      return done.generated();
    }

    @Override
    public Optional<Progress> progress() {
      return Optional.of(done);
    }
  }

  /// No slot starts an execution; one under way goes on.
  ///
  /// @param since when it was paused, first in the paused span
  /// @param until when it resumes by itself
  /// @param catchUp what then becomes of the missed slots, unless the resume says otherwise
  record Paused(Instant since, Optional<Instant> until, Optional<CatchUp> catchUp, Progress done)
      implements State {
    @Override
    public int generated() {
      return done.generated();
    }

    @Override
    public Optional<Progress> progress() {
      return Optional.of(done);
    }

    Paused with(Progress other) {
      return new Paused(since, until, catchUp, other);
    }
  }

  /// No slot is left.
  ///
  /// @param whilePaused whether it ended under a pause that nobody has resumed yet
  record Inactive(End end, boolean whilePaused, int generated) implements State {
    @Override
    public Optional<Progress> progress() {
      return Optional.empty();
    }
  }

  /// Why no slot is left.
  enum End {
    /// All reports of the count have been generated.
    COUNT_USED_UP,
    /// The schedule has no further slot.
    END_PASSED
  }

  /// An execution that has started and has no outcome yet.
  ///
  /// @param attempt 1 for the first
  /// @param retryAt when the next attempt starts; empty while one is under way
  /// @param mergedFrom the oldest slot whose data its file covers; empty if only its own
  record Running(
      Instant slot, int attempt, Optional<Instant> retryAt, Optional<Instant> mergedFrom) {}
}
