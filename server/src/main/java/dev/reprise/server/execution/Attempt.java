package dev.reprise.server.execution;

import dev.reprise.schedule.Outcome.Start;
import dev.reprise.server.report.Report;
import java.time.Instant;
import java.util.UUID;

/// An attempt at an execution that has been claimed and is now to be made.
///
/// @param report as it was when the attempt was claimed
public record Attempt(UUID executionId, Report report, Start start) {
  Instant slot() {
    return start.slot();
  }

  /// 1 for the first.
  int number() {
    return start.attempt();
  }

  /// The name of its file in the result store.
  String key() {
    return executionId + "." + report.definition().format().word();
  }
}
