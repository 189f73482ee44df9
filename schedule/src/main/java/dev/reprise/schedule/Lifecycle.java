package dev.reprise.schedule;

import dev.reprise.api.ErrorCode;
import dev.reprise.schedule.Event.Completed;
import dev.reprise.schedule.Event.Failed;
import dev.reprise.schedule.Event.Lost;
import dev.reprise.schedule.Event.Pause;
import dev.reprise.schedule.Event.Resume;
import dev.reprise.schedule.Event.Tick;
import dev.reprise.schedule.Event.Update;
import dev.reprise.schedule.Outcome.Ended;
import dev.reprise.schedule.Outcome.Refused;
import dev.reprise.schedule.Outcome.Start;
import dev.reprise.schedule.Outcome.Unchanged;
import dev.reprise.schedule.State.Active;
import dev.reprise.schedule.State.End;
import dev.reprise.schedule.State.Inactive;
import dev.reprise.schedule.State.Paused;
import dev.reprise.schedule.State.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What every event does to a report: the heart of the product, as functions from values to values.
///
/// - Source: the lifecycle, "States and events".
public final class Lifecycle {
  /// A slot that starts later than this outside a pause is a misfire.
  public static final Duration GRACE = Duration.ofSeconds(60);

  /// How long after each failed attempt the next one starts; after the last the slot has failed.
  public static final List<Duration> RETRY_AFTER =
      List.of(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(300));

  private Lifecycle() {}

  /// The state of a report that has just been made.
  public static State begin(Schedule schedule) {
    Optional<Instant> first = schedule.firstFrom(schedule.start());
    return first.isPresent()
        ? new Active(first, Optional.empty(), Optional.empty(), 0)
        : new Inactive(End.END_PASSED, false, 0);
  }

  /// The state of a report that has just been made to run at once, however late that is.
  public static State beginAtOnce(Schedule schedule) {
    var slot = Optional.of(schedule.start());
    return new Active(slot, Optional.empty(), slot, 0);
  }

  /// The slot for which an execution waits: the next, if the count leaves it a place beside the
  /// execution under way.
  public static Optional<Instant> pending(State state, Schedule schedule) {
    int held = state.running().isPresent() ? 1 : 0;
    return state.next().filter(slot -> schedule.remaining(state.generated()) > held);
  }

  /// When [Tick] next has something to do; empty if only other events can move the report.
  public static Optional<Instant> wake(State state, Schedule schedule) {
    return switch (state) {
      case Active active -> active.running().isPresent() ? retry(active) : active.next();
      case Paused paused -> {
        Optional<Instant> over = paused.next().flatMap(next -> endPassed(schedule));
        Optional<Instant> retry = retry(paused);
        yield retry.isPresent() && over.filter(retry.get()::isAfter).isEmpty() ? retry : over;
      }
      case Inactive inactive -> Optional.empty();
    };
  }

  /// What an event does.
  public static Outcome on(Event event, State state, Schedule schedule) {
    return switch (state) {
      case Inactive inactive -> onInactive(event, inactive, schedule);
      case Active active -> onActive(event, active, schedule);
      case Paused paused -> onPaused(event, paused, schedule);
    };
  }

  private static Outcome onActive(Event event, Active active, Schedule schedule) {
    return switch (event) {
      case Tick(var now, var misfire) -> Ticks.onActive(now, misfire, active, schedule);
      case Pause(var now) ->
          moved(new Paused(now, active.next(), active.running(), active.generated()));
      case Resume resume -> new Unchanged();
      case Update(var now, var to) -> Updates.onActive(now, to, active, schedule);
      case Completed(var now) -> Endings.completed(now, active, schedule);
      case Failed(var now, var retry) -> Endings.failed(now, retry, active, schedule);
      case Lost(var now, var misfire) -> Endings.lost(now, misfire, active, schedule);
    };
  }

  private static Outcome onPaused(Event event, Paused paused, Schedule schedule) {
    return switch (event) {
      case Tick(var now, var misfire) -> Ticks.onPaused(now, paused, schedule);
      case Pause pause -> new Unchanged();
      case Resume(var now) -> resume(now, paused, schedule);
      case Update(var now, var to) -> Updates.onPaused(now, to, paused, schedule);
      case Completed(var now) -> Endings.completed(now, paused, schedule);
      case Failed(var now, var retry) -> Endings.failed(now, retry, paused, schedule);
      case Lost(var now, var misfire) -> Endings.lost(now, misfire, paused, schedule);
    };
  }

  private static Outcome onInactive(Event event, Inactive inactive, Schedule schedule) {
    return switch (event) {
      case Tick tick -> new Unchanged();
      case Resume resume when inactive.whilePaused() ->
          moved(new Inactive(inactive.end(), false, inactive.generated()));
      case Update(var now, var to) -> Updates.onInactive(now, to, inactive);
      case Pause pause -> inactive(inactive, schedule);
      case Resume resume -> inactive(inactive, schedule);
      case Completed completed -> throw noExecution(inactive);
      case Failed failed -> throw noExecution(inactive);
      case Lost lost -> throw noExecution(inactive);
    };
  }

  /// The paused span is half open: a slot that equals the instant of the resume is not missed.
  private static Outcome resume(Instant now, Paused paused, Schedule schedule) {
    Optional<Instant> first = paused.next();
    if (first.isEmpty() || !first.get().isBefore(now)) {
      return moved(active(first, paused));
    }
    Instant newest = schedule.newest(first.get(), now.minusNanos(1));
    Optional<Instant> next = schedule.after(newest);
    return skipped(
        next.isEmpty() && paused.running().isEmpty()
            ? new Inactive(End.END_PASSED, false, paused.generated())
            : active(next, paused),
        schedule.skipPaused(first.get(), newest, paused.since()));
  }

  private static Active active(Optional<Instant> next, Paused paused) {
    return new Active(next, paused.running(), Optional.empty(), paused.generated());
  }

  static Refused inactive(Inactive inactive, Schedule schedule) {
    String why =
        switch (inactive.end()) {
          case COUNT_USED_UP -> "all " + inactive.generated() + " reports have been generated";
          case END_PASSED -> "its EndTime " + schedule.end().orElseThrow() + " has passed";
        };
    return new Refused(ErrorCode.REPORT_INACTIVE.because(why));
  }

  /// The first instant at which the end of the schedule has passed: a slot may equal the end.
  static Optional<Instant> endPassed(Schedule schedule) {
    return schedule.end().map(end -> end.plusSeconds(1));
  }

  static Outcome.Moved moved(State to) {
    return new Outcome.Moved(to, List.of(), Optional.empty(), Optional.empty());
  }

  static Outcome.Moved started(State to, List<Skipped> skipped, Start start) {
    return new Outcome.Moved(to, skipped, Optional.of(start), Optional.empty());
  }

  static Outcome.Moved skipped(State to, List<Skipped> skipped) {
    return new Outcome.Moved(to, skipped, Optional.empty(), Optional.empty());
  }

  static Outcome.Moved ended(State to, List<Skipped> skipped, Ended ended) {
    return new Outcome.Moved(to, skipped, Optional.empty(), Optional.of(ended));
  }

  static IllegalStateException noExecution(State state) {
    return new IllegalStateException("no execution is under way in " + state);
  }

  private static Optional<Instant> retry(State state) {
    return state.running().flatMap(Running::retryAt);
  }
}
