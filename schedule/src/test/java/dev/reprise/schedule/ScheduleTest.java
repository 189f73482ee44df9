package dev.reprise.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Instant START = Instant.parse("2026-01-05T06:00:00Z");
  private static final Duration DAY = Duration.ofHours(24);

  private final Schedule daily =
      new Schedule(START, DAY, Optional.empty(), Optional.of(START.plus(DAY.multipliedBy(3))));

  @Test
  void theFirstSlotIsTheStart() {
    assertThat(daily.firstFrom(Instant.EPOCH)).contains(START);
    assertThat(daily.firstFrom(START)).contains(START);
  }

  @Test
  void aSlotAtTheInstantCountsAndOneJustBeforeDoesNot() {
    Instant second = START.plus(DAY);
    assertThat(daily.firstFrom(second)).contains(second);
    assertThat(daily.firstFrom(second.minusNanos(1))).contains(second);
    assertThat(daily.firstFrom(second.plusNanos(1))).contains(second.plus(DAY));
  }

  @Test
  void theEndMayBeASlotAndNoneComesAfterIt() {
    Instant end = daily.end().orElseThrow();
    assertThat(daily.firstFrom(end)).contains(end);
    assertThat(daily.firstFrom(end.plusNanos(1))).isEmpty();
    assertThat(daily.after(end)).isEmpty();
  }

  @Test
  void slotsAreCountedWithBothEnds() {
    assertThat(daily.through(START, START).orElseThrow().count()).isEqualTo(1);
    assertThat(daily.through(START, START.plus(DAY.multipliedBy(2))).orElseThrow().count())
        .isEqualTo(3);
  }

  @Test
  void slotsUpToAnInstantStopAtTheEnd() {
    Instant end = daily.end().orElseThrow();
    assertThat(daily.through(START, Instant.MAX).orElseThrow().last()).isEqualTo(end);
    assertThat(daily.before(START, Instant.MAX).orElseThrow().last()).isEqualTo(end);
    assertThat(daily.before(START, end).orElseThrow().last()).isEqualTo(end.minus(DAY));
    assertThat(daily.before(START, START)).isEmpty();
  }

  @Test
  void noSlotComesThatCannotBeWritten() {
    Instant last = Instant.parse("9999-12-31T20:00:00Z");
    var endless = new Schedule(last, Duration.ofHours(4), Optional.empty(), Optional.empty());
    assertThat(endless.firstFrom(last)).contains(last);
    assertThat(endless.after(last)).isEmpty();
    assertThat(endless.firstAfter(last)).isEmpty();
  }

  @Test
  void anIntervalOrCountOfNothingIsRefused() {
    assertThatThrownBy(() -> new Schedule(START, Duration.ZERO, Optional.empty(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Schedule(START, DAY, Optional.of(0), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
