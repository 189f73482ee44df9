package dev.reprise.server.report;

import static dev.reprise.server.store.JooqTables.REPORT;

import dev.reprise.api.Format;
import dev.reprise.query.Window;
import dev.reprise.schedule.Backlog;
import dev.reprise.schedule.CatchUp;
import dev.reprise.schedule.Lifecycle;
import dev.reprise.schedule.Progress;
import dev.reprise.schedule.Schedule;
import dev.reprise.schedule.Slots;
import dev.reprise.schedule.State;
import dev.reprise.schedule.State.Running;
import dev.reprise.server.report.Report.PauseNote;
import dev.reprise.server.store.FoldedName;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Record;

/// Reports to rows and back.
final class JooqReportRows {
  /// The columns of [#standing], in its order.
  static final List<Field<?>> STANDING =
      List.of(
          REPORT.nextSlot,
          REPORT.runningSlot,
          REPORT.runningAttempt,
          REPORT.retryAt,
          REPORT.runningMergedFrom,
          REPORT.generated,
          REPORT.failures,
          REPORT.backlogFirst,
          REPORT.backlogUntil,
          REPORT.backlogStepHours,
          REPORT.backlogMergedFrom,
          REPORT.pausedBy,
          REPORT.pauseReason,
          REPORT.wakeAt,
          REPORT.modifiedAt,
          REPORT.state,
          REPORT.pausedAt,
          REPORT.pausedUntil,
          REPORT.pauseCatchUp,
          REPORT.endReason,
          REPORT.endedWhilePaused);

  private JooqReportRows() {}

  /// All of a new report.
  static Map<Field<?>, Object> of(Report report) {
    Map<Field<?>, Object> row = standing(report);
    row.putAll(asked(report));
    Owner owner = report.owner();
    row.put(REPORT.id, report.id().value());
    row.put(REPORT.program, owner.program());
    row.put(REPORT.tenant, owner.tenant());
    row.put(REPORT.owner, owner.user());
    row.put(REPORT.createdAt, report.createdAt());
    return row;
  }

  /// What its owner asked for, which only an update changes.
  static Map<Field<?>, Object> asked(Report report) {
    Map<Field<?>, Object> row = new LinkedHashMap<>();
    putDefinition(row, report.definition());
    putSchedule(row, report.schedule());
    row.put(REPORT.askedAt, report.modifiedAt().orElse(report.createdAt()));
    return row;
  }

  /// Where it stands, which every event changes.
  static Map<Field<?>, Object> standing(Report report) {
    Map<Field<?>, Object> row = new LinkedHashMap<>();
    State state = report.state();
    put(row, REPORT.nextSlot, state.next());
    put(row, REPORT.runningSlot, state.running().map(Running::slot));
    put(row, REPORT.runningAttempt, state.running().map(Running::attempt));
    put(row, REPORT.retryAt, state.running().flatMap(Running::retryAt));
    put(row, REPORT.runningMergedFrom, state.running().flatMap(Running::mergedFrom));
    row.put(REPORT.generated, state.generated());
    row.put(REPORT.failures, state.progress().map(Progress::failures).orElse(0));
    putBacklog(row, state.progress().flatMap(Progress::backlog));
    put(row, REPORT.pausedBy, report.pause().map(PauseNote::user));
    put(row, REPORT.pauseReason, report.pause().flatMap(PauseNote::reason));
    put(row, REPORT.wakeAt, Lifecycle.wake(state, report.schedule()));
    put(row, REPORT.modifiedAt, report.modifiedAt());
    putKind(row, state);
    return row;
  }

  static Report read(Record row) {
    var owner = new Owner(row.get(REPORT.program), row.get(REPORT.tenant), row.get(REPORT.owner));
    boolean paused = row.get(REPORT.state).equals("PAUSED");
    return new Report(
        new ReportId(row.get(REPORT.id)),
        owner,
        definition(row),
        schedule(row),
        state(row),
        paused
            ? Optional.of(
                new PauseNote(row.get(REPORT.pausedBy), optional(row, REPORT.pauseReason)))
            : Optional.empty(),
        row.get(REPORT.createdAt),
        optional(row, REPORT.modifiedAt));
  }

  private static void putDefinition(Map<Field<?>, Object> row, Definition definition) {
    row.put(REPORT.name, definition.name());
    row.put(REPORT.foldedName, FoldedName.of(definition.name()));
    put(row, REPORT.description, definition.description());
    row.put(REPORT.queryId, definition.queryId());
    row.put(REPORT.queryText, definition.queryText());
    row.put(REPORT.format, definition.format().name());
    put(row, REPORT.callbackUrl, definition.callback().url());
    row.put(REPORT.callbackMethod, definition.callback().method().name());
    row.put(REPORT.executeNow, definition.once());
    put(row, REPORT.queryStart, definition.period().flatMap(Window::from));
    put(row, REPORT.queryEnd, definition.period().flatMap(Window::to));
  }

  private static void putSchedule(Map<Field<?>, Object> row, Schedule schedule) {
    row.put(REPORT.startAt, schedule.start());
    row.put(REPORT.intervalHours, Math.toIntExact(schedule.interval().toHours()));
    put(row, REPORT.recurrenceCount, schedule.count());
    put(row, REPORT.endAt, schedule.end());
  }

  private static void putBacklog(Map<Field<?>, Object> row, Optional<Backlog> backlog) {
    Optional<Slots> slots = backlog.map(Backlog::slots);
    put(row, REPORT.backlogFirst, slots.map(Slots::first));
    put(row, REPORT.backlogUntil, slots.map(Slots::last));
    put(
        row,
        REPORT.backlogStepHours,
        slots.map(Slots::step).map(step -> Math.toIntExact(step.toHours())));
    put(row, REPORT.backlogMergedFrom, backlog.flatMap(Backlog::mergedFrom));
  }

  private static void putKind(Map<Field<?>, Object> row, State state) {
    Optional<Instant> pausedAt = Optional.empty();
    Optional<Instant> pausedUntil = Optional.empty();
    Optional<String> catchUp = Optional.empty();
    Optional<String> endReason = Optional.empty();
    boolean endedWhilePaused = false;
    switch (state) {
      case State.Active active -> row.put(REPORT.state, "ACTIVE");
      case State.Paused paused -> {
        row.put(REPORT.state, "PAUSED");
        pausedAt = Optional.of(paused.since());
        pausedUntil = paused.until();
        catchUp = paused.catchUp().map(CatchUp::name);
      }
      case State.Inactive inactive -> {
        row.put(REPORT.state, "INACTIVE");
        endReason = Optional.of(inactive.end().name());
        endedWhilePaused = inactive.whilePaused();
      }
    }
    put(row, REPORT.pausedAt, pausedAt);
    put(row, REPORT.pausedUntil, pausedUntil);
    put(row, REPORT.pauseCatchUp, catchUp);
    put(row, REPORT.endReason, endReason);
    row.put(REPORT.endedWhilePaused, endedWhilePaused);
  }

  private static Definition definition(Record row) {
    boolean period = row.get(REPORT.queryStart) != null || row.get(REPORT.queryEnd) != null;
    return new Definition(
        row.get(REPORT.name),
        optional(row, REPORT.description),
        row.get(REPORT.queryId),
        row.get(REPORT.queryText),
        Format.valueOf(row.get(REPORT.format)),
        new Definition.Callback(
            optional(row, REPORT.callbackUrl),
            Definition.Callback.Method.valueOf(row.get(REPORT.callbackMethod))),
        row.get(REPORT.executeNow),
        period
            ? Optional.of(
                new Window(optional(row, REPORT.queryStart), optional(row, REPORT.queryEnd)))
            : Optional.empty());
  }

  private static Schedule schedule(Record row) {
    return new Schedule(
        row.get(REPORT.startAt),
        Duration.ofHours(row.get(REPORT.intervalHours)),
        optional(row, REPORT.recurrenceCount),
        optional(row, REPORT.endAt));
  }

  private static State state(Record row) {
    return switch (row.get(REPORT.state)) {
      case "ACTIVE" -> new State.Active(progress(row));
      case "PAUSED" ->
          new State.Paused(
              row.get(REPORT.pausedAt),
              optional(row, REPORT.pausedUntil),
              optional(row, REPORT.pauseCatchUp).map(CatchUp::valueOf),
              progress(row));
      case "INACTIVE" ->
          new State.Inactive(
              State.End.valueOf(row.get(REPORT.endReason)),
              row.get(REPORT.endedWhilePaused),
              row.get(REPORT.generated));
      default -> throw new IllegalStateException("unknown state " + row.get(REPORT.state));
    };
  }

  private static Progress progress(Record row) {
    return new Progress(
        optional(row, REPORT.nextSlot),
        optional(row, REPORT.backlogFirst)
            .map(first ->
                new Backlog(
                    new Slots(
                        first,
                        row.get(REPORT.backlogUntil),
                        Duration.ofHours(row.get(REPORT.backlogStepHours))),
                    optional(row, REPORT.backlogMergedFrom))),
        optional(row, REPORT.runningSlot)
            .map(slot ->
                new Running(
                    slot,
                    row.get(REPORT.runningAttempt),
                    optional(row, REPORT.retryAt),
                    optional(row, REPORT.runningMergedFrom))),
        row.get(REPORT.generated),
        row.get(REPORT.failures));
  }

  private static <T> Optional<T> optional(Record row, Field<T> field) {
    return Optional.ofNullable(row.get(field));
  }

  private static void put(Map<Field<?>, Object> row, Field<?> field, Optional<?> value) {
    row.put(field, value.orElse(null));
  }
}
