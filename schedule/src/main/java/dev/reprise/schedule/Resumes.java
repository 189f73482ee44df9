package dev.reprise.schedule;

import dev.reprise.api.ErrorCode;
import dev.reprise.schedule.Event.Resume;
import dev.reprise.schedule.Outcome.Moved;
import dev.reprise.schedule.Outcome.Refused;
import dev.reprise.schedule.Outcome.Unchanged;
import dev.reprise.schedule.Skipped.Reason;
import dev.reprise.schedule.State.Active;
import dev.reprise.schedule.State.End;
import dev.reprise.schedule.State.Inactive;
import dev.reprise.schedule.State.Paused;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How a pause ends, and what that would do before it is done. A plan and a resume are the same
/// decision: one shows it, the other returns it.
///
/// - Source: the lifecycle, "Resume".
final class Resumes {
  private Resumes() {}

  static Outcome on(Resume resume, State state, Schedule schedule) {
    if (resume.plan().isEmpty()) {
      return decide(resume.now(), resume.catchUp(), state, schedule).outcome();
    }
    // A token says nothing of the choice that it stands for: it fits one of them, or none.
    return Stream.concat(
            Stream.of(Optional.<CatchUp>empty()), Arrays.stream(CatchUp.values()).map(Optional::of))
        .map(choice -> plan(resume.now(), choice, state, schedule))
        .filter(plan -> plan.token().equals(resume.plan().get()))
        .map(plan -> agreed(plan.outcome(), resume, state, schedule))
        .findFirst()
        .orElseGet(() ->
            new Refused(
                ErrorCode.PLAN_OUTDATED.because(
                    "the report has changed or a further slot has passed")));
  }

  /// What was planned, unless a choice is named beside it that would do something else.
  private static Outcome agreed(Outcome planned, Resume resume, State state, Schedule schedule) {
    boolean agrees =
        resume.catchUp().isEmpty()
            || decide(resume.now(), resume.catchUp(), state, schedule).outcome().equals(planned);
    return agrees
        ? planned
        : new Refused(
            ErrorCode.VALUE_INVALID.because("catchUp is not the one that the plan was made for"));
  }

  static Plan plan(Instant now, Optional<CatchUp> catchUp, State state, Schedule schedule) {
    Decision decision = decide(now, catchUp, state, schedule);
    Optional<State> to =
        decision.outcome() instanceof Moved moved ? Optional.of(moved.to()) : Optional.empty();
    return new Plan(
        state instanceof Paused paused ? Optional.of(paused.since()) : Optional.empty(),
        decision.missed().count(),
        decision.missed().oldest(Plan.SHOWN),
        to.flatMap(State::progress).flatMap(Progress::backlog),
        skipped(decision.outcome(), false),
        skipped(decision.outcome(), true),
        Coming.next(to.orElse(state), schedule, now, Plan.SHOWN),
        schedule.count().map(count -> schedule.remaining(state.generated())),
        Token.of(decision, catchUp, state, schedule),
        decision.outcome());
  }

  /// Ends the pause at an instant. The span is half open: a slot that equals it is not missed.
  static Decision resume(Instant now, Optional<CatchUp> catchUp, Paused paused, Schedule schedule) {
    Progress done = paused.done();
    Missed missed =
        new Missed(
            done.backlog(),
            done.next().flatMap(next -> schedule.before(next, now)),
            Optional.of(paused.since()));
    Choice choice =
        catchUp
            .or(paused::catchUp)
            .map(chosen -> Choice.of(chosen, missed, done.places(schedule)))
            .orElseGet(() -> Choice.none(missed));
    Optional<Instant> next =
        missed.passed().isPresent() ? schedule.after(missed.passed().get().last()) : done.next();
    Progress resumed = done.next(next).backlog(choice.runs()).failures(0);
    State to =
        resumed.isOver()
            ? new Inactive(End.END_PASSED, false, done.generated())
            : new Active(resumed);
    return new Decision(missed, Moved.to(to, choice.skipped()));
  }

  private static Decision decide(
      Instant now, Optional<CatchUp> catchUp, State state, Schedule schedule) {
    return switch (state) {
      case Active active -> Decision.of(new Unchanged());
      case Paused paused -> resume(now, catchUp, paused, schedule);
      case Inactive inactive ->
          Decision.of(
              inactive.whilePaused()
                  ? Moved.to(new Inactive(inactive.end(), false, inactive.generated()))
                  : Lifecycle.inactive(inactive, schedule));
    };
  }

  private static long skipped(Outcome outcome, boolean merged) {
    List<Skipped> skipped = outcome instanceof Moved moved ? moved.skipped() : List.of();
    return skipped.stream()
        .filter(range -> (range.reason() == Reason.MERGED) == merged)
        .mapToLong(range -> range.slots().count())
        .sum();
  }

  /// What a resume finds, and what it does with it.
  record Decision(Missed missed, Outcome outcome) {
    static Decision of(Outcome outcome) {
      return new Decision(
          new Missed(Optional.empty(), Optional.empty(), Optional.empty()), outcome);
    }
  }
}
