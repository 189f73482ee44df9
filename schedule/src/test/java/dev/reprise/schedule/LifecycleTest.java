package dev.reprise.schedule;

import static dev.reprise.schedule.Life.START;
import static dev.reprise.schedule.Life.at;
import static dev.reprise.schedule.Life.skipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.schedule.Skipped.Reason;
import dev.reprise.schedule.State.Active;
import dev.reprise.schedule.State.End;
import dev.reprise.schedule.State.Inactive;
import dev.reprise.schedule.State.Paused;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  @Test
  void nothingStartsBeforeTheFirstSlot() {
    var life = Life.every(4).tick(START.minusNanos(1));
    assertThat(life.started).isEmpty();
    life.nextIs(START);
    assertThat(Lifecycle.wake(life.state, life.schedule)).contains(START);
  }

  @Test
  void eachSlotStartsOnce() {
    var life = Life.every(4).runs(START).runs(at("4:00")).tick(at("4:00"));
    assertThat(life.started).containsExactly(START, at("4:00"));
    life.nextIs(at("8:00"));
  }

  @Test
  void theNextSlotIsKnownWhileOneRuns() {
    var life = Life.every(4).tick(START);
    life.nextIs(at("4:00"));
    assertThat(Lifecycle.wake(life.state, life.schedule)).isEmpty();
  }

  @Test
  void aReportEndsWhenItsCountIsUsedUp() {
    var life = Life.every(4, 2).runs(START).runs(at("4:00"));
    assertThat(life.state).isEqualTo(new Inactive(End.COUNT_USED_UP, false, 2));
    assertThat(life.pause(at("5:00")).refusal())
        .isEqualTo("Report is inactive: all 2 reports have been generated");
    assertThat(life.resume(at("5:00")).refusal()).startsWith("Report is inactive");
  }

  @Test
  void aRunningExecutionHoldsItsPlaceInTheCount() {
    var life = Life.every(4, 1).tick(START).tick(at("4:00"));
    assertThat(life.started).containsExactly(START);
    assertThat(Lifecycle.pending(life.state, life.schedule)).isEmpty();
  }

  @Test
  void aPauseWhileTheLastPlaceIsHeldSkipsItsSlots() {
    var life = Life.every(4, 1).tick(START).pause(at("3:54")).resume(at("4:06"));
    life.on(new Event.Failed(at("4:12"), false)).tick(at("4:12"));
    assertThat(life.started).containsExactly(START);
    assertThat(life.skipped).containsExactly(skipped(at("4:00"), at("4:00"), 1, Reason.PAUSED));
    life.nextIs(at("8:00"));
  }

  @Test
  void slotsThatPassedBeforeAPausePassedInAnOutage() {
    var life = Life.every(4).pause(at("9:00")).resume(at("17:00"));
    assertThat(life.skipped)
        .containsExactly(
            skipped(START, at("8:00"), 3, Reason.OUTAGE),
            skipped(at("12:00"), at("16:00"), 2, Reason.PAUSED));
  }

  @Test
  void aReportThatRunsAtOnceRunsHoweverLateItIs() {
    var life = Life.every(4, 1);
    life.state = Lifecycle.beginAtOnce(life.schedule);
    life.misfire = CatchUp.SKIP;
    life.tick(at("1:00"));
    assertThat(life.started).containsExactly(START);
  }

  @Test
  void theNewestOfAnOverlapRunsThoughMisfiresAreSkipped() {
    var life = Life.every(4);
    life.misfire = CatchUp.SKIP;
    life.tick(START).completes(at("8:30")).tick(at("8:30"));
    assertThat(life.started).containsExactly(START, at("8:00"));
  }

  @Test
  void slotsThatPassedAfterAnAttemptWasLostPassedInAnOutage() {
    var life = Life.every(4).tick(START).on(new Event.Lost(at("13:00"), CatchUp.LATEST));
    life.tick(at("13:00")).completes(at("13:01")).tick(at("13:01"));
    assertThat(life.started).containsExactly(START, START, at("12:00"));
    assertThat(life.skipped).containsExactly(skipped(at("4:00"), at("8:00"), 2, Reason.OUTAGE));
  }

  @Test
  void aFailedExecutionGivesItsPlaceBack() {
    var life = Life.every(4, 1).tick(START).on(new Event.Failed(at("0:01"), false));
    life.nextIs(at("4:00"));
    life.runs(at("4:00"));
    assertThat(life.state).isEqualTo(new Inactive(End.COUNT_USED_UP, false, 1));
  }

  @Test
  void theEndMayBeASlotAndThenTheReportEnds() {
    var life = Life.everyUntil(4, at("4:00")).runs(START).runs(at("4:00"));
    assertThat(life.started).containsExactly(START, at("4:00"));
    assertThat(life.state).isEqualTo(new Inactive(End.END_PASSED, false, 2));
    assertThat(life.pause(at("5:00")).refusal())
        .isEqualTo("Report is inactive: its EndTime 2026-01-05T10:00:00Z has passed");
  }

  @Test
  void aPausedReportStartsNothing() {
    var life = Life.every(4).pause(at("0:00")).tick(at("0:00")).tick(at("9:00"));
    assertThat(life.started).isEmpty();
    assertThat(Lifecycle.wake(life.state, life.schedule)).isEmpty();
  }

  @Test
  void slotsMissedInAPauseAreSkippedAndTheGridStays() {
    var life = Life.every(4).runs(START).pause(at("1:00")).resume(at("9:00"));
    assertThat(life.skipped).containsExactly(skipped(at("4:00"), at("8:00"), 2, Reason.PAUSED));
    life.nextIs(at("12:00"));
  }

  @Test
  void theSlotAtThePauseIsMissedAndTheOneAtTheResumeIsNot() {
    var life = Life.every(4).runs(START).pause(at("4:00")).resume(at("8:00")).tick(at("8:00"));
    assertThat(life.skipped).containsExactly(skipped(at("4:00"), at("4:00"), 1, Reason.PAUSED));
    assertThat(life.started).containsExactly(START, at("8:00"));
  }

  @Test
  void aPauseBeforeTheStartChangesNothingOfTheGrid() {
    var life = Life.every(4).pause(at("-2:00")).resume(at("-1:00"));
    assertThat(life.skipped).isEmpty();
    life.nextIs(START);
  }

  @Test
  void aRepeatedPauseKeepsTheFirst() {
    var life = Life.every(4).pause(at("1:00")).pause(at("2:00"));
    assertThat(life.last).isInstanceOf(Outcome.Unchanged.class);
    assertThat(((Paused) life.state).since()).isEqualTo(at("1:00"));
    assertThat(life.resume(at("3:00")).resume(at("3:30")).last)
        .isInstanceOf(Outcome.Unchanged.class);
  }

  @Test
  void aRunningExecutionFinishesUnderAPause() {
    var life = Life.every(4, 2).tick(START).pause(at("0:01")).completes(at("0:02"));
    assertThat(life.state.generated()).isEqualTo(1);
    assertThat(life.state).isInstanceOf(Paused.class);
  }

  @Test
  void theLastReportEndsAPausedReportAndAResumeSaysSoOnce() {
    var life = Life.every(4, 1).tick(START).pause(at("0:01")).completes(at("0:02"));
    assertThat(life.state).isEqualTo(new Inactive(End.COUNT_USED_UP, true, 1));
    life.resume(at("1:00"));
    assertThat(life.state).isEqualTo(new Inactive(End.COUNT_USED_UP, false, 1));
    assertThat(life.resume(at("1:00")).refusal()).startsWith("Report is inactive: all 1 reports");
  }

  @Test
  void aResumeThatFindsNoSlotLeftEndsTheReport() {
    var life = Life.everyUntil(4, at("6:00")).runs(START).pause(at("1:00")).resume(at("5:00"));
    assertThat(life.skipped).containsExactly(skipped(at("4:00"), at("4:00"), 1, Reason.PAUSED));
    assertThat(life.state).isEqualTo(new Inactive(End.END_PASSED, false, 1));
  }

  @Test
  void theEndPassesWhilePaused() {
    var life = Life.everyUntil(4, at("8:00")).runs(START).pause(at("1:00"));
    Instant wake = Lifecycle.wake(life.state, life.schedule).orElseThrow();
    assertThat(wake).isEqualTo(at("8:00").plusSeconds(1));
    life.tick(at("8:00"));
    assertThat(life.state).isInstanceOf(Paused.class);
    life.tick(wake);
    assertThat(life.state).isEqualTo(new Inactive(End.END_PASSED, true, 1));
    assertThat(life.skipped).containsExactly(skipped(at("4:00"), at("8:00"), 2, Reason.PAUSED));
  }

  @Test
  void afterAnOutageTheNewestMissedSlotRuns() {
    var life = Life.every(4).runs(START).tick(at("13:00"));
    assertThat(life.started).containsExactly(START, at("12:00"));
    assertThat(life.skipped).containsExactly(skipped(at("4:00"), at("8:00"), 2, Reason.OUTAGE));
  }

  @Test
  void anOutageMaySkipWhatItMissedButNotWhatIsLessThanAMinuteLate() {
    var life = Life.every(4).runs(START);
    life.misfire = CatchUp.SKIP;
    life.tick(at("8:01"));
    assertThat(life.started).containsExactly(START, at("8:00"));
    life.completes(at("8:02")).tick(at("16:02"));
    assertThat(life.started).hasSize(2);
    assertThat(life.skipped)
        .containsExactly(
            skipped(at("4:00"), at("4:00"), 1, Reason.OUTAGE),
            skipped(at("12:00"), at("16:00"), 2, Reason.OUTAGE));
    life.nextIs(at("20:00"));
  }

  @Test
  void anOutageMayRunEveryMissedSlotOldestFirst() {
    var life = Life.every(4);
    life.misfire = CatchUp.ALL;
    life.tick(at("9:00"));
    life.completes(at("9:01")).tick(at("9:01"));
    life.completes(at("9:02")).tick(at("9:02"));
    assertThat(life.started).containsExactly(START, at("4:00"), at("8:00"));
    assertThat(life.skipped).isEmpty();
    life.completes(at("9:03")).nextIs(at("12:00"));
  }

  @Test
  void ofTheSlotsDueWhileOneRunsTheNewestStartsWhenItEnds() {
    var life = Life.every(4).tick(START).tick(at("4:00")).tick(at("8:00"));
    assertThat(life.started).containsExactly(START);
    life.completes(at("8:30")).tick(at("8:30"));
    assertThat(life.started).containsExactly(START, at("8:00"));
    assertThat(life.skipped).containsExactly(skipped(at("4:00"), at("4:00"), 1, Reason.OVERLAP));
  }

  @Test
  void aFailedAttemptIsRetriedThreeTimesThenTheSlotHasFailed() {
    var life = Life.every(4).tick(START);
    Instant now = START;
    for (var wait : Lifecycle.RETRY_AFTER) {
      life.on(new Event.Failed(now, true));
      now = now.plus(wait);
      assertThat(Lifecycle.wake(life.state, life.schedule)).contains(now);
      life.tick(now.minusNanos(1));
      assertThat(life.last).isInstanceOf(Outcome.Unchanged.class);
      life.tick(now);
    }
    assertThat(life.started).containsExactly(START, START, START, START);
    life.on(new Event.Failed(now, true));
    assertThat(life.state.running()).isEmpty();
    assertThat(life.state.generated()).isZero();
    life.nextIs(at("4:00"));
  }

  @Test
  void aLostAttemptStartsAgainUnderItsNumber() {
    var life = Life.every(4).tick(START).on(new Event.Lost(at("0:10"), CatchUp.LATEST));
    assertThat(Lifecycle.wake(life.state, life.schedule)).contains(at("0:10"));
    life.tick(at("0:10"));
    assertThat(life.started).containsExactly(START, START);
    assertThat(life.state.running().orElseThrow().attempt()).isEqualTo(1);
  }

  @Test
  void anEndWithoutAStartIsOurFault() {
    var life = Life.every(4);
    assertThat(life.state).isInstanceOf(Active.class);
    assertThatThrownBy(() -> life.completes(START)).isInstanceOf(IllegalStateException.class);
  }
}
