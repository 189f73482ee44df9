package dev.reprise.schedule;

import dev.reprise.api.ErrorCode;
import dev.reprise.schedule.Event.Completed;
import dev.reprise.schedule.Event.Failed;
import dev.reprise.schedule.Event.Hold;
import dev.reprise.schedule.Event.Lost;
import dev.reprise.schedule.Event.Pause;
import dev.reprise.schedule.Event.Resume;
import dev.reprise.schedule.Event.Tick;
import dev.reprise.schedule.Event.Update;
import dev.reprise.schedule.Outcome.Refused;
import dev.reprise.schedule.Outcome.Unchanged;
import dev.reprise.schedule.State.Active;
import dev.reprise.schedule.State.End;
import dev.reprise.schedule.State.Inactive;
import dev.reprise.schedule.State.Paused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What every event does to a report: the heart of the product, as functions from values to values.
///
/// - Source: the lifecycle, "States and events". `docs/lifecycle.md` shows every event on every
///   state, `docs/pause-and-resume.md` tells what it means for users.
public final class Lifecycle {
  /// A slot that starts later than this outside a pause is a misfire.
  public static final Duration GRACE = Duration.ofSeconds(60);

  /// How long after each failed attempt the next one starts; after the last the slot has failed.
  public static final List<Duration> RETRY_AFTER =
      List.of(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(300));

  /// How many slots in a row fail before the service pauses the report.
  public static final int FAILURES_IN_A_ROW = 5;

  /// How many missed slots [CatchUp#ALL] runs at most.
  public static final int MOST_CAUGHT_UP = 1_000;

  private Lifecycle() {}

  /// The state of a report that has just been made.
  public static State begin(Schedule schedule) {
    Optional<Instant> first = schedule.firstFrom(schedule.start());
    return first.isPresent()
        ? new Active(Progress.from(first))
        : new Inactive(End.END_PASSED, false, 0);
  }

  /// The state of a report that has just been made to run at once, however late that is.
  public static State beginAtOnce(Schedule schedule) {
    Instant slot = schedule.start();
    Backlog once = Backlog.of(new Slots(slot, slot, schedule.interval()));
    return new Active(Progress.from(schedule.after(slot)).backlog(Optional.of(once)));
  }

  /// The slot for which an execution waits: the first of the backlog or else the next, if the count
  /// leaves it a place beside the execution under way.
  public static Optional<Instant> pending(State state, Schedule schedule) {
    return state
        .progress()
        .filter(done -> done.places(schedule) > 0)
        .flatMap(done -> done.backlog().map(Backlog::first).or(done::next));
  }

  /// When [Tick] next has something to do; empty if only other events can move the report.
  public static Optional<Instant> wake(State state, Schedule schedule) {
    return Coming.wake(state, schedule);
  }

  /// The slots that come due from an instant on, as far as the count and the end allow, if every
  /// execution makes its file. A backlog runs before them. Of a pause without `until` none comes.
  public static List<Instant> next(State state, Schedule schedule, Instant now, int count) {
    return Coming.next(state, schedule, now, count);
  }

  /// What [Resume] would do now; nothing changes.
  ///
  /// @param catchUp as in the resume
  public static Plan plan(State state, Schedule schedule, Instant now, Optional<CatchUp> catchUp) {
    return Resumes.plan(now, catchUp, state, schedule);
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
      case Pause pause -> Pauses.pause(pause, active, schedule);
      case Resume resume -> Resumes.on(resume, active, schedule);
      case Hold hold -> new Unchanged();
      case Update(var now, var to) -> Updates.onGoing(now, to, active, schedule);
      case Completed(var now) -> Endings.completed(now, active, schedule);
      case Failed(var now, var retry) -> Endings.failed(now, retry, active, schedule);
      case Lost(var now, var misfire) -> Endings.lost(now, misfire, active, schedule);
    };
  }

  private static Outcome onPaused(Event event, Paused paused, Schedule schedule) {
    return switch (event) {
      case Tick(var now, var misfire) -> Ticks.onPaused(now, paused, schedule);
      case Pause pause -> new Unchanged();
      case Resume resume -> Resumes.on(resume, paused, schedule);
      case Hold(var now) -> Pauses.hold(now, paused);
      case Update(var now, var to) -> Updates.onGoing(now, to, paused, schedule);
      case Completed(var now) -> Endings.completed(now, paused, schedule);
      case Failed(var now, var retry) -> Endings.failed(now, retry, paused, schedule);
      case Lost(var now, var misfire) -> Endings.lost(now, misfire, paused, schedule);
    };
  }

  private static Outcome onInactive(Event event, Inactive inactive, Schedule schedule) {
    return switch (event) {
      case Tick tick -> new Unchanged();
      case Pause pause -> inactive(inactive, schedule);
      case Resume resume -> Resumes.on(resume, inactive, schedule);
      case Hold hold -> new Unchanged();
      case Update(var now, var to) -> Updates.onInactive(now, to, inactive);
      case Completed completed -> throw Endings.noExecution(inactive);
      case Failed failed -> throw Endings.noExecution(inactive);
      case Lost lost -> throw Endings.noExecution(inactive);
    };
  }

  static Refused inactive(Inactive inactive, Schedule schedule) {
    String why =
        switch (inactive.end()) {
          case COUNT_USED_UP -> "all " + inactive.generated() + " reports have been generated";
          case END_PASSED ->
              schedule
                  .end()
                  .map(end -> "its EndTime " + end + " has passed")
                  .orElse("its schedule has no further slot");
        };
    return new Refused(ErrorCode.REPORT_INACTIVE.because(why));
  }
}
