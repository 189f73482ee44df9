package dev.reprise.schedule;

import static dev.reprise.schedule.Life.START;
import static dev.reprise.schedule.Life.at;
import static dev.reprise.schedule.Life.skipped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.schedule.Event.Mode;
import dev.reprise.schedule.Skipped.Reason;
import dev.reprise.schedule.State.Active;
import dev.reprise.schedule.State.Inactive;
import dev.reprise.schedule.State.Paused;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PauseOptionsTest {
  private static Event until(Instant now, Instant until) {
    return new Event.Pause(now, Mode.FINISH, Optional.of(until), Optional.empty());
  }

  private static Event cancel(Instant now) {
    return new Event.Pause(now, Mode.CANCEL, Optional.empty(), Optional.empty());
  }

  @Test
  void aPauseUntilATimeThatHasComeIsRefused() {
    var life = Life.every(4).on(until(at("1:00"), at("1:00")));
    assertThat(life.refusal())
        .isEqualTo(
            "A pause can only last until a later time, and not beyond EndTime:"
                + " until is 2026-01-05T07:00:00Z and it is 2026-01-05T07:00:00Z");
    assertThat(life.on(until(at("1:00"), at("1:00").plusSeconds(1))).state)
        .isInstanceOf(Paused.class);
  }

  @Test
  void aPauseUntilBeyondTheEndIsRefused() {
    var life = Life.everyUntil(4, at("8:00")).on(until(START, at("8:00").plusSeconds(1)));
    assertThat(life.refusal()).endsWith("and EndTime is 2026-01-05T14:00:00Z");
    assertThat(life.on(until(START, at("8:00"))).state).isInstanceOf(Paused.class);
  }

  @Test
  void aPauseUntilTheEndStillRunsTheLastSlot() {
    var life = Life.everyUntil(4, at("8:00")).runs(START).on(until(at("1:00"), at("8:00")));
    assertThat(Lifecycle.wake(life.state, life.schedule)).contains(at("8:00"));
    life.tick(at("8:00")).tick(at("8:00"));
    assertThat(life.started).containsExactly(START, at("8:00"));
  }

  @Test
  void aTimedPauseEndsAtItsTimeHoweverLateTheServiceIs() {
    var life = Life.every(4).runs(START).on(until(at("1:00"), at("8:00"))).tick(at("17:00"));
    assertThat(life.skipped).containsExactly(skipped(at("4:00"), at("4:00"), 1, Reason.PAUSED));
    life.tick(at("17:00"));
    assertThat(life.started).containsExactly(START, at("16:00"));
    assertThat(life.skipped).contains(skipped(at("8:00"), at("12:00"), 2, Reason.OUTAGE));
  }

  @Test
  void aResumeBeforeUntilEndsThePause() {
    var life = Life.every(4).on(until(START, at("20:00"))).resume(at("1:00"));
    assertThat(life.state).isInstanceOf(Active.class);
    assertThat(Lifecycle.wake(life.state, life.schedule)).contains(at("4:00"));
  }

  @Test
  void aPausedReportKeepsTheOptionsOfItsFirstPause() {
    var life = Life.every(4).tick(START).on(until(at("0:01"), at("5:00")));
    life.on(cancel(at("0:02")));
    assertThat(life.last).isInstanceOf(Outcome.Unchanged.class);
    assertThat(life.state.running()).isPresent();
    assertThat(((Paused) life.state).until()).contains(at("5:00"));
  }

  @Test
  void aResumeThatMayNotBeLeavesThePauseToSomebody() {
    var life = Life.every(4).on(until(START, at("5:00"))).on(new Event.Hold(at("4:59")));
    assertThat(life.last).isInstanceOf(Outcome.Unchanged.class);
    life.on(new Event.Hold(at("5:00")));
    assertThat(Lifecycle.wake(life.state, life.schedule)).isEmpty();
    assertThat(life.state).isInstanceOf(Paused.class);
  }

  @Test
  void aCancelledExecutionGivesItsPlaceBack() {
    var life = Life.every(4, 1).tick(START).on(cancel(at("0:01")));
    assertThat(life.skipped).containsExactly(skipped(START, START, 1, Reason.CANCELLED));
    assertThat(((Outcome.Moved) life.last).ended()).contains(Outcome.Ended.CANCELLED);
    life.resume(at("1:00")).runs(at("4:00"));
    assertThat(life.state).isEqualTo(new Inactive(State.End.COUNT_USED_UP, false, 1));
  }

  @Test
  void cancellingTheLastSlotEndsTheReport() {
    var life = Life.everyUntil(4, at("1:00")).tick(START).on(cancel(at("0:01")));
    assertThat(life.state).isEqualTo(new Inactive(State.End.END_PASSED, true, 0));
  }

  @Test
  void fiveFailuresInARowPauseAReportAndAResumeCountsAnew() {
    var life = Life.every(4);
    for (int k = 0; k < 4; k++) {
      life.tick(at(4 * k + ":00")).fails(at(4 * k + ":01"));
    }
    assertThat(life.state).isInstanceOf(Active.class);
    life.tick(at("16:00")).fails(at("16:01"));
    assertThat(life.state).isInstanceOf(Paused.class);
    assertThat(((Paused) life.state).since()).isEqualTo(at("16:01"));
    life.resume(at("17:00")).tick(at("20:00")).fails(at("20:01"));
    assertThat(life.state.progress().orElseThrow().failures()).isEqualTo(1);
  }

  @Test
  void aFileBetweenFailuresCountsAnewAndASkippedSlotDoesNot() {
    var life = Life.every(4);
    for (int k = 0; k < 4; k++) {
      life.tick(at(4 * k + ":00")).fails(at(4 * k + ":01"));
    }
    life.runs(at("16:00"));
    assertThat(life.state.progress().orElseThrow().failures()).isZero();
    life.tick(at("20:00")).fails(at("33:00")).tick(at("33:00"));
    assertThat(life.skipped).containsExactly(skipped(at("24:00"), at("28:00"), 2, Reason.OVERLAP));
    assertThat(life.state.progress().orElseThrow().failures()).isEqualTo(1);
  }

  @Test
  void aBacklogOfAnEarlierGridGoesOnByItsOwnStep() {
    var life = Life.every(4).runs(START).pause(at("1:00")).resume(at("13:00"), CatchUp.ALL);
    life.update(
        at("13:00"), new Schedule(START, Duration.ofHours(6), Optional.empty(), Optional.empty()));
    life.runsAll(at("14:00"));
    assertThat(life.started).containsExactly(START, at("4:00"), at("8:00"), at("12:00"));
    life.nextIs(at("18:00"));
  }

  @Test
  void alteredClocksNeverRunASlotTwiceOnANewGrid() {
    var life = Life.every(4).runs(START).runs(at("4:00"));
    life.update(
        at("3:00"), new Schedule(START, Duration.ofHours(2), Optional.empty(), Optional.empty()));
    life.nextIs(at("6:00"));
  }

  @Test
  void theFarthestInstantsBreakNothing() {
    var far =
        new Schedule(
            Instant.MAX.minusSeconds(7_000),
            Duration.ofHours(1),
            Optional.empty(),
            Optional.of(Instant.MAX));
    State state = Lifecycle.begin(far);
    for (CatchUp choice : CatchUp.values()) {
      for (Instant now : new Instant[] {Instant.MIN, Instant.EPOCH, Instant.MAX}) {
        var paused = (Outcome.Moved) Lifecycle.on(new Event.Pause(now), state, far);
        Plan plan = Lifecycle.plan(paused.to(), far, Instant.MAX, Optional.of(choice));
        assertThat(plan.missedCount()).isEqualTo(2);
        assertThat(Lifecycle.on(new Event.Tick(now, choice), paused.to(), far))
            .isInstanceOf(Outcome.Unchanged.class);
      }
      var started =
          (Outcome.Moved) Lifecycle.on(new Event.Tick(Instant.MAX, CatchUp.ALL), state, far);
      assertThat(Lifecycle.on(new Event.Failed(Instant.MAX, true), started.to(), far))
          .isInstanceOf(Outcome.Moved.class);
    }
    var old = new Schedule(Instant.MIN, Duration.ofHours(1), Optional.empty(), Optional.empty());
    assertThat(old.firstFrom(Instant.MAX)).isEmpty();
    assertThat(Ledger.due(old, Instant.MAX).orElseThrow().count()).isGreaterThan(1L << 43);
  }
}
