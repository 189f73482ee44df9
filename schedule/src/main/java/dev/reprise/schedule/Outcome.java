package dev.reprise.schedule;

import dev.reprise.api.RefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an event does to a report. Whoever acts on it stores all of it at once, or nothing.
public sealed interface Outcome {
  /// The report moves on.
  ///
  /// @param start the attempt that is to start now
  /// @param ended how the execution that was under way ended
  record Moved(State to, List<Skipped> skipped, Optional<Start> start, Optional<Ended> ended)
      implements Outcome {
    public Moved {
      skipped = List.copyOf(skipped);
    }
  }

  /// Nothing changes, and that is fine: the report already is as asked.
  record Unchanged() implements Outcome {}

  /// The report cannot do this.
  record Refused(RefusedException why) implements Outcome {}

  /// An attempt at the file of a slot; attempts count from 1.
  record Start(Instant slot, int attempt) {}

  /// How an execution ended.
  enum Ended {
    COMPLETED,
    FAILED
  }
}
