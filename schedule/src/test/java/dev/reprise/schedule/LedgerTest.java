package dev.reprise.schedule;

import static dev.reprise.schedule.Life.START;
import static dev.reprise.schedule.Life.at;
import static dev.reprise.schedule.Life.slots;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.schedule.Ledger.Entry;
import dev.reprise.schedule.Ledger.Fate;
import dev.reprise.schedule.Ledger.Flaw;
import dev.reprise.schedule.Skipped.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Schedule EVERY_4_HOURS =
      new Schedule(START, Duration.ofHours(4), Optional.empty(), Optional.empty());
  private static final List<Slots> DUE = Ledger.due(EVERY_4_HOURS, at("17:00")).stream().toList();

  private static final Entry RAN = Entry.of(START, Fate.COMPLETED);
  private static final Entry PAUSED = paused("4:00", "12:00", 3);
  private static final Entry WAITS = Entry.of(at("16:00"), Fate.PENDING);

  private static Entry paused(String first, String last, int count) {
    return Entry.of(Life.skipped(at(first), at(last), count, Reason.PAUSED));
  }

  @Test
  void aLedgerWithOneOutcomeForEverySlotHasNoFlaw() {
    Ledger ledger = new Ledger(List.of(WAITS, PAUSED, RAN));
    assertThat(ledger.flaws(DUE)).isEmpty();
    assertThat(ledger.fate(at("8:00"))).contains(Fate.PAUSED);
    assertThat(ledger.fate(at("9:00"))).isEmpty();
    assertThat(ledger.entries()).containsExactly(RAN, PAUSED, WAITS);
  }

  @Test
  void slotsWithoutAnOutcomeAreMissing() {
    assertThat(new Ledger(List.of(paused("4:00", "8:00", 2))).flaws(DUE))
        .containsExactly(
            new Flaw.Missing(slots(START, START, 1)),
            new Flaw.Missing(slots(at("12:00"), at("16:00"), 2)));
  }

  @Test
  void slotsWithTwoOutcomesAreRepeated() {
    Entry twice = paused("8:00", "16:00", 3);
    assertThat(new Ledger(List.of(RAN, PAUSED, twice)).flaws(DUE))
        .containsExactly(new Flaw.Repeated(slots(at("8:00"), at("12:00"), 2)));
    assertThat(new Ledger(List.of(RAN, RAN, PAUSED, WAITS)).flaws(DUE))
        .containsExactly(new Flaw.Repeated(slots(START, START, 1)));
  }

  @Test
  void outcomesOfSlotsThatWereNotDueAreStray() {
    Entry late = Entry.of(at("20:00"), Fate.COMPLETED);
    Entry between = Entry.of(at("5:00"), Fate.COMPLETED);
    Entry otherStep = paused("4:00", "12:00", 2);
    assertThat(new Ledger(List.of(RAN, PAUSED, WAITS, late, between, otherStep)).flaws(DUE))
        .containsExactly(new Flaw.Stray(otherStep), new Flaw.Stray(between), new Flaw.Stray(late));
  }

  @Test
  void theOutcomesOfAnEarlierGridStayAsTheyAre() {
    var life = Life.every(4).runs(START).pause(at("1:00"));
    life.update(
        at("9:00"), new Schedule(START, Duration.ofHours(6), Optional.empty(), Optional.empty()));
    life.resume(at("19:00"));
    List<Entry> entries = new ArrayList<>(life.skipped.stream().map(Entry::of).toList());
    entries.add(RAN);
    List<Slots> due = List.of(slots(START, at("8:00"), 3), slots(at("12:00"), at("18:00"), 2));
    assertThat(new Ledger(entries).flaws(due)).isEmpty();
  }

  @Test
  void aYearOfMissedSlotsIsOneEntry() {
    Schedule hourly = new Schedule(START, Duration.ofHours(1), Optional.empty(), Optional.empty());
    Instant yearLater = START.plus(Duration.ofDays(365));
    State paused =
        ((Outcome.Moved) Lifecycle.on(new Event.Pause(START), Lifecycle.begin(hourly), hourly))
            .to();
    var resumed = (Outcome.Moved) Lifecycle.on(new Event.Resume(yearLater), paused, hourly);
    assertThat(resumed.skipped()).hasSize(1);
    assertThat(resumed.skipped().getFirst().slots().count()).isEqualTo(365 * 24);
  }
}
