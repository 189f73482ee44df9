package dev.reprise.server.report;

import dev.reprise.schedule.Backlog;
import dev.reprise.schedule.Lifecycle;
import dev.reprise.schedule.Plan;
import dev.reprise.server.report.Reports.Planned;
import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.Times;
import java.time.Instant;
import java.util.List;

/// What a resume would do, as callers see it.
final class PlanView {
  private PlanView() {}

  static List<Field> of(Planned planned) {
    Plan plan = planned.plan();
    List<Instant> runs =
        plan.runs()
            .map(Backlog::slots)
            .map(slots -> slots.oldest(Lifecycle.MOST_CAUGHT_UP))
            .orElse(List.of());
    return List.of(
        new Field("ReportId", planned.seal().report().toString()),
        new Field("PausedAt", plan.pausedAt().map(Times::format).orElse(null)),
        new Field("MissedCount", plan.missedCount()),
        new Field("Missed", times(plan.missed())),
        new Field("Runs", times(runs)),
        new Field("SkippedCount", plan.skippedCount()),
        new Field("NextSlots", times(plan.next())),
        new Field("RemainingRecurrenceCount", plan.remaining().orElse(null)),
        new Field("Plan", planned.seal().close(plan.token())));
  }

  private static List<String> times(List<Instant> slots) {
    return slots.stream().map(Times::format).toList();
  }
}
