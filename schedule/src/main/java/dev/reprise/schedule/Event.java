package dev.reprise.schedule;

import java.time.Instant;
import java.util.Optional;

/// Something that happens to a report, with the time at which it does.
public sealed interface Event {
  /// When it happens.
  Instant now();

  /// Time has passed: start what is due, resume what is paused until now.
  ///
  /// @param misfire what becomes of slots that passed unstarted outside a pause
  record Tick(Instant now, CatchUp misfire) implements Event {}

  /// Start nothing until resumed.
  ///
  /// @param until when to resume by itself; empty to wait for somebody
  /// @param catchUp what a resume does with the missed slots unless it says otherwise
  record Pause(Instant now, Mode mode, Optional<Instant> until, Optional<CatchUp> catchUp)
      implements Event {
    /// A pause with no wishes.
    public Pause(Instant now) {
      this(now, Mode.FINISH, Optional.empty(), Optional.empty());
    }
  }

  /// What becomes of an execution that is under way when its report is paused.
  enum Mode {
    /// It goes on to its end.
    FINISH,
    /// It is stopped; its slot is skipped and its place in the count is given back.
    CANCEL
  }

  /// Start executions again.
  ///
  /// @param catchUp what becomes of the missed slots; empty for what the pause said, or else
  ///   nothing new: they are skipped, and what an earlier choice left goes on
  /// @param plan the token of the plan that this has to be; empty to do what comes of it
  record Resume(Instant now, Optional<CatchUp> catchUp, Optional<String> plan) implements Event {
    /// A resume with no wishes.
    public Resume(Instant now) {
      this(now, Optional.empty(), Optional.empty());
    }
  }

  /// The resume that a pause asked for may not be: the pause goes on until somebody ends it.
  record Hold(Instant now) implements Event {}

  /// The schedule becomes another, from the next slot on.
  record Update(Instant now, Schedule to) implements Event {}

  /// The execution under way made its file.
  record Completed(Instant now) implements Event {}

  /// The attempt under way failed.
  ///
  /// @param retry whether another attempt could mend it
  record Failed(Instant now, boolean retry) implements Event {}

  /// The process running the attempt died; the slot still owes its file.
  ///
  /// @param misfire what becomes of slots that passed since
  record Lost(Instant now, CatchUp misfire) implements Event {}
}
