package dev.reprise.schedule;

import dev.reprise.api.RefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an event does to a report. Whoever acts on it stores all of it at once, or nothing.
public sealed interface Outcome {
  /// The report moves on.
  ///
  /// @param skipped slots that now have their outcome; a cancelled one among them
  /// @param start the attempt that is to start now
  /// @param ended how the execution that was under way ended
  record Moved(State to, List<Skipped> skipped, Optional<Start> start, Optional<Ended> ended)
      implements Outcome {
    public Moved {
      skipped = List.copyOf(skipped);
    }

    static Moved to(State to) {
      return new Moved(to, List.of(), Optional.empty(), Optional.empty());
    }

    static Moved to(State to, List<Skipped> skipped) {
      return new Moved(to, skipped, Optional.empty(), Optional.empty());
    }

    static Moved ended(State to, List<Skipped> skipped, Ended ended) {
      return new Moved(to, skipped, Optional.empty(), Optional.of(ended));
    }
  }

  /// Nothing changes, and that is fine: the report already is as asked.
  record Unchanged() implements Outcome {}

  /// The report cannot do this.
  record Refused(RefusedException why) implements Outcome {}

  /// An attempt at the file of a slot; attempts count from 1.
  ///
  /// @param mergedFrom the oldest slot whose data the file covers; empty if only its own
  record Start(Instant slot, int attempt, Optional<Instant> mergedFrom) {}

  /// How an execution ended.
  enum Ended {
    /// It made its file.
    COMPLETED,
    /// No attempt made it.
    FAILED,
    /// A pause stopped it; its slot is among the skipped.
    CANCELLED
  }
}
