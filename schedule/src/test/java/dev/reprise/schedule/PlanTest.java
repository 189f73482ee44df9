package dev.reprise.schedule;

import static dev.reprise.schedule.Life.START;
import static dev.reprise.schedule.Life.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.schedule.Skipped.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
  private final Life life = Life.every(4, 9).runs(START).pause(at("1:00"));

  private Plan plan(String now, CatchUp... catchUp) {
    return Lifecycle.plan(
        life.state, life.schedule, at(now), List.of(catchUp).stream().findFirst());
  }

  private Outcome resume(String now, String token) {
    return Lifecycle.on(
        new Event.Resume(at(now), Optional.empty(), Optional.of(token)), life.state, life.schedule);
  }

  @Test
  void aPlanShowsWhatAResumeWouldDo() {
    Plan plan = plan("50:00", CatchUp.LATEST);
    assertThat(plan.pausedAt()).contains(at("1:00"));
    assertThat(plan.missedCount()).isEqualTo(12);
    assertThat(plan.missed()).hasSize(10).startsWith(at("4:00")).endsWith(at("40:00"));
    assertThat(plan.runs().orElseThrow().slots().oldest(99)).containsExactly(at("48:00"));
    assertThat(plan.skippedCount()).isEqualTo(11);
    assertThat(plan.next()).hasSize(7).startsWith(at("52:00")).endsWith(at("76:00"));
    assertThat(plan.remaining()).contains(8);
  }

  @Test
  void aPlanOfAllStopsAtTheCountAndAMergedOneAtOne() {
    Plan all = plan("50:00", CatchUp.ALL);
    assertThat(all.runs().orElseThrow().slots().count()).isEqualTo(8);
    assertThat(all.skippedCount()).isEqualTo(4);
    assertThat(all.next()).isEmpty();
    Plan merged = plan("50:00", CatchUp.MERGED);
    assertThat(merged.runs().orElseThrow().mergedFrom()).contains(at("4:00"));
    assertThat(merged.mergedCount()).isEqualTo(11);
    assertThat(merged.skippedCount()).isZero();
  }

  @Test
  void aResumeByItsPlanDoesThatPlan() {
    for (CatchUp catchUp : CatchUp.values()) {
      Plan plan = plan("9:00", catchUp);
      assertThat(resume("11:59", plan.token())).isEqualTo(plan.outcome());
    }
    assertThat(resume("9:00", plan("9:00").token())).isEqualTo(plan("9:00").outcome());
  }

  @Test
  void aTokenStaysWhileNoFurtherSlotPasses() {
    String token = plan("8:00:01".substring(0, 4), CatchUp.ALL).token();
    assertThat(plan("4:01", CatchUp.ALL).token()).isEqualTo(token);
    assertThat(plan("8:01", CatchUp.ALL).token()).isNotEqualTo(token);
    assertThat(resume("8:01", token)).isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused) resume("8:01", token)).why().text())
        .isEqualTo(
            "The plan does not hold any more:"
                + " the report has changed or a further slot has passed");
  }

  @Test
  void everyChangeThatMattersGivesAnotherToken() {
    Set<String> tokens = new HashSet<>();
    tokens.add(plan("5:00").token());
    for (CatchUp catchUp : CatchUp.values()) {
      tokens.add(plan("5:00", catchUp).token());
    }
    life.update(
        at("5:00"), new Schedule(START, Duration.ofHours(4), Optional.of(8), Optional.empty()));
    tokens.add(plan("5:00").token());
    life.resume(at("5:00"));
    tokens.add(plan("5:00").token());
    life.pause(at("5:30"));
    tokens.add(plan("6:00").token());
    assertThat(tokens).hasSize(8);
  }

  @Test
  void anotherAttemptAtWhatRunsLeavesTheToken() {
    Life running = Life.every(4).tick(START).pause(at("0:01"));
    String before =
        Lifecycle.plan(running.state, running.schedule, at("5:00"), Optional.empty()).token();
    running.on(new Event.Failed(at("0:02"), true)).tick(at("0:03"));
    assertThat(running.started).hasSize(2);
    assertThat(
            Lifecycle.plan(running.state, running.schedule, at("5:00"), Optional.empty()).token())
        .isEqualTo(before);
    running.completes(at("0:04"));
    assertThat(
            Lifecycle.plan(running.state, running.schedule, at("5:00"), Optional.empty()).token())
        .isNotEqualTo(before);
  }

  @Test
  void aPlanForAnotherChoiceThanTheOrderSaysIsRefused() {
    String token = plan("9:00", CatchUp.ALL).token();
    Event order = new Event.Resume(at("9:00"), Optional.of(CatchUp.LATEST), Optional.of(token));
    assertThat(Lifecycle.on(order, life.state, life.schedule)).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void aPlanThatHasBeenDoneDoesNotHoldAgain() {
    String token = plan("9:00").token();
    life.resume(at("9:00"));
    assertThat(resume("9:00", token)).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void thePlanOfAReportThatIsNotPausedIsToDoNothing() {
    Life active = Life.every(4);
    Plan plan = Lifecycle.plan(active.state, active.schedule, at("-1:00"), Optional.empty());
    assertThat(plan.outcome()).isInstanceOf(Outcome.Unchanged.class);
    assertThat(plan.missedCount()).isZero();
    assertThat(plan.next()).startsWith(START).hasSize(10);
  }

  @Test
  void theNextSlotsGoAsFarAsTheCountAndTheEndAllow() {
    Life active = Life.every(4, 3).runs(START).tick(at("4:00"));
    assertThat(Lifecycle.next(active.state, active.schedule, at("5:00"), 9))
        .containsExactly(at("8:00"));
    Life ends = Life.everyUntil(4, at("8:00"));
    assertThat(Lifecycle.next(ends.state, ends.schedule, START, 9))
        .containsExactly(START, at("4:00"), at("8:00"));
    assertThat(Lifecycle.next(ends.state, ends.schedule, START, 2)).hasSize(2);
  }

  @Test
  void ofAPauseOnlyWhatComesAfterUntilIsNext() {
    assertThat(Lifecycle.next(life.state, life.schedule, at("2:00"), 9)).isEmpty();
    Life timed = Life.every(4).on(until(at("5:00"), Optional.of(CatchUp.ALL)));
    assertThat(Lifecycle.next(timed.state, timed.schedule, START, 2))
        .containsExactly(at("8:00"), at("12:00"));
  }

  private static Event until(Instant until, Optional<CatchUp> catchUp) {
    return new Event.Pause(START, Event.Mode.FINISH, Optional.of(until), catchUp);
  }

  @Test
  void aThousandSlotsAreCaughtUpAtMost() {
    Life hourly = Life.every(1).pause(START);
    Plan plan =
        Lifecycle.plan(hourly.state, hourly.schedule, at("2000:00"), Optional.of(CatchUp.ALL));
    assertThat(plan.runs().orElseThrow().slots().count()).isEqualTo(1_000);
    hourly.resume(at("2000:00"), CatchUp.ALL);
    assertThat(hourly.skipped)
        .containsExactly(Life.skipped(at("1000:00"), at("1999:00"), 1_000, Reason.LIMIT));
    hourly.runsAll(at("2000:00"));
    assertThat(hourly.state.generated()).isEqualTo(1_001);
    assertThat(hourly.started).isSorted().doesNotHaveDuplicates();
  }
}
