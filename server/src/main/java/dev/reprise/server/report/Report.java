package dev.reprise.server.report;

import dev.reprise.schedule.Schedule;
import dev.reprise.schedule.State;
import java.time.Instant;
import java.util.Optional;

/// A query with a schedule, and where it stands.
///
/// @param pause who paused it and why; empty unless it is paused
/// @param modifiedAt empty until the first change
public record Report(
    ReportId id,
    Owner owner,
    Definition definition,
    Schedule schedule,
    State state,
    Optional<PauseNote> pause,
    Instant createdAt,
    Optional<Instant> modifiedAt) {

  /// Who paused a report that nobody paused.
  private static final String SERVICE = "service";

  /// Who paused a report and why; when is part of the state.
  public record PauseNote(String user, Optional<String> reason) {}

  /// The report in its next state, unchanged in the eyes of its owner.
  public Report in(State next) {
    boolean paused = next instanceof State.Paused;
    return new Report(
        id,
        owner,
        definition,
        schedule,
        next,
        paused ? pause : Optional.empty(),
        createdAt,
        modifiedAt);
  }

  /// The report in its next state, paused by the service itself.
  public Report pausedByService(State next, String reason, Instant now) {
    return changed(next, Optional.of(new PauseNote(SERVICE, Optional.of(reason))), now);
  }

  /// The report in its next state, resumed by the service itself.
  public Report resumedByService(State next, Instant now) {
    return changed(next, Optional.empty(), now);
  }

  /// The report with another definition and schedule, changed by a caller.
  Report redefined(Definition other, Schedule to, State next, Instant now) {
    boolean paused = next instanceof State.Paused;
    return new Report(
        id, owner, other, to, next, paused ? pause : Optional.empty(), createdAt, Optional.of(now));
  }

  /// The report in its next state, changed by a caller.
  Report changed(State next, Optional<PauseNote> note, Instant now) {
    return new Report(id, owner, definition, schedule, next, note, createdAt, Optional.of(now));
  }
}
