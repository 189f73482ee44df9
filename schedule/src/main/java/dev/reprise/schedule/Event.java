package dev.reprise.schedule;

import java.time.Instant;

/// Something that happens to a report, with the time at which it does.
public sealed interface Event {
  /// When it happens.
  Instant now();

  /// Time has passed: start what is due.
  ///
  /// @param misfire what becomes of slots that passed unstarted outside a pause
  record Tick(Instant now, CatchUp misfire) implements Event {}

  /// Start nothing until resumed.
  record Pause(Instant now) implements Event {}

  /// Start executions again; slots that passed during the pause are skipped.
  record Resume(Instant now) implements Event {}

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
