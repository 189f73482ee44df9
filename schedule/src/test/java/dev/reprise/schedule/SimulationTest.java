package dev.reprise.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.schedule.Ledger.Entry;
import dev.reprise.schedule.Ledger.Fate;
import dev.reprise.schedule.Outcome.Moved;
import dev.reprise.schedule.State.Inactive;
import dev.reprise.testkit.ModelSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random lives, longer and wilder than the exploration can follow: lifecycle and model agree after
/// every step, and the ledger has one outcome for every slot. A failure prints its seed.
class SimulationTest {
  private static final int LIVES = 2_000;
  private static final int STEPS = 60;

  @Test
  void lifecycleModelAndLedgerAgreeWhateverHappens() {
    int ended = 0;
    int caughtUp = 0;
    for (long seed = 0; seed < LIVES; seed++) {
      Run run = new Run(seed);
      run.live();
      ended += run.twin.state() instanceof Inactive ? 1 : 0;
      caughtUp += run.caughtUp;
    }
    assertThat(ended).isBetween(LIVES / 10, LIVES * 9 / 10);
    assertThat(caughtUp).isGreaterThan(LIVES);
  }

  private static final class Run {
    private final long seed;
    private final Random random;
    private final CatchUp misfire;
    private final List<Entry> entries = new ArrayList<>();
    private Twin twin;
    private Instant now;
    private int caughtUp;

    Run(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.misfire = any();
      this.now = Life.START.minusSeconds(3600L * (1 + random.nextInt(30)));
      this.twin = Twin.of(schedule(Life.START, 4));
    }

    void live() {
      for (int step = 0; step < STEPS; step++) {
        Instant before = now;
        now = now.plus(step(random.nextInt(7)));
        Event event = event();
        if (twin.takes(event)) {
          try {
            live(event);
          } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ", step " + step + ", " + event, e);
          }
        } else {
          now = before;
        }
      }
      ledger();
    }

    private void live(Event event) {
      Twin before = twin;
      twin = before.step(event);
      if (Lifecycle.on(event, before.state(), before.schedule()) instanceof Moved moved) {
        moved.skipped().forEach(range -> entries.add(Entry.of(range)));
        moved
            .ended()
            .filter(ended -> ended != Outcome.Ended.CANCELLED)
            .ifPresent(ended ->
                entries.add(
                    Entry.of(
                        before.state().running().orElseThrow().slot(),
                        Fate.valueOf(ended.name()))));
        boolean late = moved.start().filter(one -> one.slot().isBefore(now)).isPresent();
        caughtUp += late ? 1 : 0;
      }
      if (random.nextInt(10) == 0) {
        ledger();
      }
    }

    /// The ledger says of every slot what the model says, and of no other.
    private void ledger() {
      List<Entry> all = new ArrayList<>(entries);
      all.addAll(Ledger.open(twin.state(), twin.schedule(), now));
      Ledger ledger = new Ledger(all);
      List<ModelSlot> slots = twin.model().slots();
      for (ModelSlot slot : slots) {
        String fate = ledger.fate(slot.at()).map(Fate::name).orElse("none");
        assertThat(fate.toLowerCase(Locale.ROOT).replace("pending", ModelSlot.WAITING))
            .isEqualTo(slot.outcome());
      }
      long said = all.stream().mapToLong(entry -> entry.slots().count()).sum();
      assertThat(said).isEqualTo(slots.size());
    }

    private Duration step(int kind) {
      Duration toSlot = Duration.between(now, twin.schedule().firstFrom(now).orElse(now));
      return switch (kind) {
        case 0 -> Duration.ZERO;
        case 1 -> toSlot;
        case 2 -> toSlot.isZero() ? toSlot : toSlot.minusSeconds(1);
        case 3 -> toSlot.plusSeconds(1);
        case 4 -> Duration.ofMinutes(random.nextInt(1_500));
        case 5 -> Duration.ofSeconds(random.nextInt(400));
        default -> Duration.ofHours(4);
      };
    }

    private Event event() {
      return switch (random.nextInt(17)) {
        case 0, 1, 2, 3, 4 -> new Event.Tick(now, misfire);
        case 5 -> new Event.Pause(now);
        case 6 -> new Event.Pause(now, any(Event.Mode.values()), until(), choice());
        case 7, 8 -> new Event.Resume(now, choice(), Optional.empty());
        case 9 -> update();
        case 10, 11 -> new Event.Completed(now);
        case 12, 13, 14 -> new Event.Failed(now, random.nextInt(4) == 0);
        case 15 -> new Event.Lost(now, misfire);
        default -> new Event.Hold(now);
      };
    }

    private Event update() {
      if (random.nextInt(3) > 0) {
        return new Event.Update(
            now, schedule(twin.schedule().start(), twin.schedule().interval().toHours()));
      }
      Instant start = Life.START.plus(Duration.ofHours(random.nextInt(100) - 20));
      return new Event.Update(now, schedule(start, 4 + random.nextInt(3)));
    }

    private Schedule schedule(Instant start, long hours) {
      return new Schedule(
          start,
          Duration.ofHours(hours),
          random.nextBoolean() ? Optional.of(1 + random.nextInt(12)) : Optional.empty(),
          random.nextInt(3) == 0
              ? Optional.of(Life.START.plus(Duration.ofHours(random.nextInt(300))))
              : Optional.empty());
    }

    private Optional<Instant> until() {
      return random.nextBoolean()
          ? Optional.of(now.plus(step(random.nextInt(7))).plusSeconds(random.nextInt(2)))
          : Optional.empty();
    }

    private Optional<CatchUp> choice() {
      return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(any());
    }

    private CatchUp any() {
      return any(CatchUp.values());
    }

    private <T> T any(T[] values) {
      return values[random.nextInt(values.length)];
    }
  }
}
