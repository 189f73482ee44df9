package dev.reprise.schedule;

import dev.reprise.schedule.Outcome.Start;
import dev.reprise.schedule.Outcome.Unchanged;
import dev.reprise.schedule.State.Active;
import dev.reprise.schedule.State.End;
import dev.reprise.schedule.State.Inactive;
import dev.reprise.schedule.State.Paused;
import dev.reprise.schedule.State.Running;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the passing of time does: due slots start, late ones are caught up or skipped, ends pass.
final class Ticks {
  private Ticks() {}

  static Outcome onActive(Instant now, CatchUp misfire, Active active, Schedule schedule) {
    if (active.running().isPresent()) {
      return retryIfDue(now, active);
    }
    Instant next = active.next().orElseThrow();
    if (next.isAfter(now)) {
      return new Unchanged();
    }
    if (active.backlogUntil().filter(until -> !next.isAfter(until)).isPresent()) {
      return start(next, List.of(), active, active.backlogUntil(), schedule);
    }
    return startLate(now, next, misfire, active, schedule);
  }

  /// A slot is due. Usually it is on time and the only one; after an outage it is neither.
  private static Outcome startLate(
      Instant now, Instant next, CatchUp misfire, Active active, Schedule schedule) {
    Late late = Late.of(now, next, misfire, schedule);
    if (late.next().isEmpty()) {
      return Lifecycle.skipped(
          new Inactive(End.END_PASSED, false, active.generated()), late.skipped());
    }
    if (late.runs().isEmpty()) {
      return Lifecycle.skipped(
          new Active(late.next(), Optional.empty(), Optional.empty(), active.generated()),
          late.skipped());
    }
    return start(late.next().get(), late.skipped(), active, late.runs(), schedule);
  }

  private static Outcome start(
      Instant slot,
      List<Skipped> skipped,
      Active active,
      Optional<Instant> backlogUntil,
      Schedule schedule) {
    var running = new Running(slot, 1, Optional.empty());
    return Lifecycle.started(
        new Active(schedule.after(slot), Optional.of(running), backlogUntil, active.generated()),
        skipped,
        new Start(slot, 1));
  }

  static Outcome onPaused(Instant now, Paused paused, Schedule schedule) {
    boolean over = Lifecycle.endPassed(schedule).filter(end -> !end.isAfter(now)).isPresent();
    if (!over || paused.next().isEmpty()) {
      return retryIfDue(now, paused);
    }
    Instant next = paused.next().get();
    List<Skipped> missed = schedule.skipPaused(next, schedule.newest(next, now), paused.since());
    return Lifecycle.skipped(
        paused.running().isPresent()
            ? new Paused(paused.since(), Optional.empty(), paused.running(), paused.generated())
            : new Inactive(End.END_PASSED, true, paused.generated()),
        missed);
  }

  private static Outcome retryIfDue(Instant now, State state) {
    Optional<Running> due =
        state
            .running()
            .filter(running -> running.retryAt().filter(at -> !at.isAfter(now)).isPresent());
    if (due.isEmpty()) {
      return new Unchanged();
    }
    Running attempt = new Running(due.get().slot(), due.get().attempt() + 1, Optional.empty());
    return Lifecycle.started(
        Endings.with(Optional.of(attempt), state),
        List.of(),
        new Start(attempt.slot(), attempt.attempt()));
  }
}
