package dev.reprise.server.watchdog;

import dev.reprise.schedule.Watch.Part;
import dev.reprise.server.report.ReportId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What the watchdog has seen since the service started.
///
/// @param rounds how often it has seen every report
/// @param checked how many reports it looked at, each as often as it did
/// @param differences how many it found, by what differed
/// @param healed how many reports it corrected
/// @param unhealed how many it could not correct, or found wrong again too soon
/// @param last those that it healed last, newest first
public record Findings(
    long rounds,
    long checked,
    Map<Part, Long> differences,
    long healed,
    long unhealed,
    List<Healed> last) {
  public Findings {
    differences = Map.copyOf(differences);
    last = List.copyOf(last);
  }

  /// A report that was corrected.
  public record Healed(ReportId report, Instant at, String what) {}
}
