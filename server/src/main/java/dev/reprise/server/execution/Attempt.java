package dev.reprise.server.execution;

import dev.reprise.schedule.Outcome.Start;
import dev.reprise.server.report.Report;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// An attempt at an execution that has been claimed and is now to be made.
///
/// @param claim counts all claims of the execution from 1: an attempt that was lost is made again
///   under its number, by another claim
/// @param report as it was when the attempt was claimed
public record Attempt(UUID executionId, int claim, Report report, Start start) {
  Instant slot() {
    return start.slot();
  }

  /// 1 for the first.
  int number() {
    return start.attempt();
  }

  /// The name of its file in the result store, which no other claim has: who was thought dead and
  /// goes on must not touch the file of its successor.
  public String key() {
    return key(claim);
  }

  /// The names that files of earlier claims would have.
  List<String> earlierKeys() {
    return IntStream.range(1, claim).mapToObj(this::key).toList();
  }

  private String key(int ofClaim) {
    String number = ofClaim == 1 ? "" : "." + ofClaim;
    return executionId + number + "." + report.definition().format().word();
  }
}
