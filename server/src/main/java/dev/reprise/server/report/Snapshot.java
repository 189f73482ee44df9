package dev.reprise.server.report;

import dev.reprise.query.Window;
import dev.reprise.schedule.Backlog;
import dev.reprise.schedule.Progress;
import dev.reprise.schedule.Slots;
import dev.reprise.schedule.State;
import dev.reprise.schedule.State.Running;
import dev.reprise.server.report.Report.PauseNote;
import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A report as its history keeps it: one line of JSON, always the same for the same report.
///
/// - Shape: what is absent is left out; times are as exact as they are stored.
final class Snapshot {
  private final List<Field> fields = new ArrayList<>();

  private Snapshot() {}

  /// Where it stands: what a pause or a resume can change.
  static String standing(Report report) {
    return new Snapshot().state(report).text();
  }

  /// All of it: what a create, an update or a delete is about.
  static String whole(Report report) {
    return new Snapshot().state(report).definition(report.definition()).schedule(report).text();
  }

  private Snapshot state(Report report) {
    State state = report.state();
    switch (state) {
      case State.Active active -> put("status", "Active");
      case State.Paused paused -> {
        put("status", "Paused");
        time("pausedAt", Optional.of(paused.since()));
        put("pausedBy", report.pause().map(PauseNote::user));
        put("pauseReason", report.pause().flatMap(PauseNote::reason));
        time("pausedUntil", paused.until());
        put("catchUp", paused.catchUp().map(choice -> choice.name().toLowerCase(Locale.ROOT)));
      }
      case State.Inactive inactive -> {
        put("status", "Inactive");
        put(
            "ended",
            switch (inactive.end()) {
              case COUNT_USED_UP -> "count";
              case END_PASSED -> "endTime";
            });
      }
    }
    time("nextSlot", state.next());
    time("runningSlot", state.running().map(Running::slot));
    put("runningAttempt", state.running().map(Running::attempt));
    time("retryAt", state.running().flatMap(Running::retryAt));
    Optional<Slots> backlog = state.progress().flatMap(Progress::backlog).map(Backlog::slots);
    time("backlogFirst", backlog.map(Slots::first));
    time("backlogLast", backlog.map(Slots::last));
    put("generated", state.generated());
    put("failuresInARow", state.progress().map(Progress::failures).filter(many -> many > 0));
    return this;
  }

  private Snapshot definition(Definition definition) {
    put("reportName", definition.name());
    put("description", definition.description());
    put("queryId", definition.queryId());
    put("query", definition.queryText());
    put("format", definition.format().word());
    put("callbackUrl", definition.callback().url());
    put("callbackMethod", definition.callback().method().name());
    put("executeNow", definition.once());
    time("queryStartTime", definition.period().flatMap(Window::from));
    time("queryEndTime", definition.period().flatMap(Window::to));
    return this;
  }

  private Snapshot schedule(Report report) {
    if (!report.definition().once()) {
      time("startTime", Optional.of(report.schedule().start()));
      put("recurrenceInterval", report.schedule().interval().toHours());
      put("recurrenceCount", report.schedule().count());
      time("endTime", report.schedule().end());
    }
    return this;
  }

  private void time(String name, Optional<Instant> time) {
    put(name, time.map(Instant::toString));
  }

  private void put(String name, Optional<?> value) {
    value.ifPresent(present -> put(name, present));
  }

  private void put(String name, Object value) {
    fields.add(new Field(name, value));
  }

  private String text() {
    return new String(Json.object(fields, name -> name), StandardCharsets.UTF_8);
  }
}
