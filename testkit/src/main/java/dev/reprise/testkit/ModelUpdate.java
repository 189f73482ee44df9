package dev.reprise.testkit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Another schedule for a report that has not ended, in the model.
final class ModelUpdate {
  private final ModelReport report;
  private final Instant now;
  private final ModelSchedule from;
  private final ModelSchedule to;
  private final boolean sameGrid;

  ModelUpdate(ModelReport report, Instant now, ModelSchedule to) {
    this.report = report;
    this.now = now;
    this.from = report.schedule;
    this.to = to;
    this.sameGrid = from.sameGrid(to);
  }

  boolean apply() {
    report.come(now);
    int used = report.completed + (report.running().isPresent() ? 1 : 0);
    if (to.count().filter(count -> count < used).isPresent()) {
      return false;
    }
    boolean busy = report.keepsBusy();
    trim();
    boolean usedUp =
        report.running().isEmpty()
            && to.count().filter(count -> count <= report.completed).isPresent();
    boolean over = usedUp || (!report.keepsBusy() && next().isEmpty());
    if (over || dropsWaiting()) {
      report.all(ModelSlot::waitsUnchosen).forEach(slot -> report.leave(slot, busy));
    }
    if (!over) {
      relist();
    }
    report.schedule = to;
    if (over) {
      report.end(report.status.equals("paused"));
    } else {
      report.come(now);
    }
    return true;
  }

  /// A chosen slot runs on as far as the new count and end let it.
  private void trim() {
    int held = report.running().isPresent() ? 1 : 0;
    int kept = 0;
    for (ModelSlot slot : report.all(ModelSlot::waitsChosen)) {
      boolean place = to.count().isEmpty() || report.completed + held + kept < to.count().get();
      if (place && !isPastEnd(slot.at())) {
        kept++;
      } else {
        report.become(slot, "limit");
      }
    }
  }

  private boolean isPastEnd(Instant slot) {
    return to.end().filter(slot::isAfter).isPresent();
  }

  /// Whether nothing that waits is left: another grid, or an end before one of the slots that wait.
  private boolean dropsWaiting() {
    return !sameGrid
        || report.all(ModelSlot::waitsUnchosen).stream().anyMatch(slot -> isPastEnd(slot.at()));
  }

  /// The first slot that would still come on the new schedule.
  private Optional<Instant> next() {
    if (!sameGrid) {
      return to.after(now);
    }
    Optional<Instant> next = report.next();
    return next.isPresent()
        ? next.filter(slot -> !dropsWaiting() && !isPastEnd(slot))
        : to.after(now);
  }

  /// Decides which slots of the new schedule are still to come.
  private void relist() {
    List<ModelSlot> waiting = report.all(ModelSlot::waitsUnchosen);
    if (!sameGrid) {
      report.listedUntil = now; // The old grid may not even have begun.
    } else if (!waiting.isEmpty()) {
      // While a slot waits, a later end counts as if it had always been so.
      report.listedUntil = waiting.getLast().at();
    }
  }
}
