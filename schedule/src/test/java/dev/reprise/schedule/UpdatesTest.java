package dev.reprise.schedule;

import static dev.reprise.schedule.Life.START;
import static dev.reprise.schedule.Life.at;
import static dev.reprise.schedule.Life.skipped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.schedule.Skipped.Reason;
import dev.reprise.schedule.State.Active;
import dev.reprise.schedule.State.End;
import dev.reprise.schedule.State.Inactive;
import dev.reprise.schedule.State.Paused;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpdatesTest {
  private static Schedule every(Instant start, int hours, int count) {
    return new Schedule(start, Duration.ofHours(hours), Optional.of(count), Optional.empty());
  }

  private static Schedule everyUntil(int hours, Instant end) {
    return new Schedule(START, Duration.ofHours(hours), Optional.empty(), Optional.of(end));
  }

  @Test
  void anotherIntervalTakesEffectForTheNextSlot() {
    var life = Life.every(4, 9).runs(START).update(at("1:00"), every(START, 6, 9));
    life.nextIs(at("6:00"));
    assertThat(life.skipped).isEmpty();
  }

  @Test
  void slotsOfTheNewGridBeforeTheUpdateAreNotMissed() {
    var life = Life.every(4, 9).runs(START).update(at("3:00"), every(at("-100:30"), 4, 9));
    life.nextIs(at("4:30"));
    assertThat(life.skipped).isEmpty();
  }

  @Test
  void aSlotThatRanDoesNotRunAgainOnANewGrid() {
    var life = Life.every(4, 9).runs(START).update(START, every(START, 6, 9));
    life.nextIs(at("6:00"));
  }

  @Test
  void whatThePausedGridOwedIsSkippedWhenItIsReplaced() {
    var life = Life.every(4, 9).runs(START).pause(at("1:00"));
    life.update(at("9:00"), every(START, 6, 9));
    assertThat(life.state).isInstanceOf(Paused.class);
    assertThat(life.skipped).containsExactly(skipped(at("4:00"), at("8:00"), 2, Reason.PAUSED));
    life.resume(at("10:00")).nextIs(at("12:00"));
  }

  @Test
  void aHigherCountMakesAnInactiveReportActive() {
    var life = Life.every(4, 1).runs(START).update(at("9:00"), every(START, 4, 2));
    assertThat(life.state).isInstanceOf(Active.class);
    life.nextIs(at("12:00"));
    assertThat(life.skipped).isEmpty();
  }

  @Test
  void aSlotThatRanDoesNotRunAgainForAHigherCount() {
    var life = Life.every(4, 1).runs(START).update(START, every(START, 4, 2));
    life.nextIs(at("4:00"));
  }

  @Test
  void nothingMoreToGenerateLeavesAnInactiveReportInactive() {
    var life = Life.every(4, 1).runs(START).update(at("9:00"), every(START, 6, 1));
    assertThat(life.refusal()).isEqualTo("Report is inactive: all 1 reports have been generated");
  }

  @Test
  void aLaterEndMakesAnInactiveReportActive() {
    var life = Life.everyUntil(4, at("1:00")).runs(START);
    assertThat(life.state).isEqualTo(new Inactive(End.END_PASSED, false, 1));
    life.update(at("2:00"), everyUntil(4, at("9:00"))).nextIs(at("4:00"));
  }

  @Test
  void anEarlierEndOrALowerCountEndsAReport() {
    var ended = Life.everyUntil(4, at("9:00")).runs(START);
    ended.update(at("1:00"), everyUntil(4, at("3:00")));
    assertThat(ended.state).isEqualTo(new Inactive(End.END_PASSED, false, 1));
    var counted = Life.every(4, 3).runs(START).update(at("1:00"), every(START, 4, 1));
    assertThat(counted.state).isEqualTo(new Inactive(End.COUNT_USED_UP, false, 1));
  }

  @Test
  void aHigherCountWhileTheLastRunsGivesANextSlot() {
    var life = Life.every(4, 1).tick(START);
    assertThat(Lifecycle.pending(life.state, life.schedule)).isEmpty();
    life.update(at("0:01"), every(START, 4, 2));
    assertThat(Lifecycle.pending(life.state, life.schedule)).contains(at("4:00"));
    assertThat(life.completes(at("0:02")).state.generated()).isEqualTo(1);
  }

  @Test
  void aCountThatIsExceededAlreadyIsRefused() {
    var life = Life.every(4, 3).runs(START).tick(at("4:00"));
    life.update(at("4:01"), every(START, 4, 1));
    assertThat(life.refusal())
        .endsWith(": RecurrenceCount is 1 and 2 have been generated or are under way");
    life.pause(at("4:02")).update(at("4:03"), every(START, 4, 1));
    assertThat(life.refusal()).contains("RecurrenceCount is 1");
    life.update(at("4:04"), every(START, 4, 2)).completes(at("4:05"));
    assertThat(life.state).isEqualTo(new Inactive(End.COUNT_USED_UP, true, 2));
  }

  @Test
  void aLowerCountWhileOneRunsLetsItFinish() {
    var life = Life.every(4, 3).tick(START).update(at("0:01"), every(START, 4, 1));
    assertThat(Lifecycle.pending(life.state, life.schedule)).isEmpty();
    life.completes(at("0:02"));
    assertThat(life.state).isEqualTo(new Inactive(End.COUNT_USED_UP, false, 1));
  }
}
