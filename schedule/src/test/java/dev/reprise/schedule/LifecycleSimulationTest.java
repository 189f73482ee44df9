package dev.reprise.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.schedule.State.Inactive;
import dev.reprise.schedule.State.Paused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random ticks, pauses, failures and outages: the promises hold after every step.
class LifecycleSimulationTest {
  @Test
  void thePromisesHoldWhateverHappens() {
    for (long seed = 0; seed < 3_000; seed++) {
      new Run(seed).live();
    }
  }

  /// A past pause, half open.
  private record Span(Instant from, Instant until) {
    boolean has(Instant slot) {
      return !slot.isBefore(from) && slot.isBefore(until);
    }
  }

  private static final class Run {
    private final long seed;
    private final Random random;
    private final Schedule schedule;
    private final CatchUp misfire;
    private final Map<Instant, String> outcomes = new HashMap<>();
    private final List<Span> spans = new ArrayList<>();
    private State state;
    private Instant now = Life.START.minusSeconds(3600);
    private Instant lastStarted = Instant.EPOCH;

    Run(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.schedule =
          new Schedule(
              Life.START,
              Duration.ofHours(4),
              random.nextBoolean() ? Optional.of(1 + random.nextInt(5)) : Optional.empty(),
              random.nextBoolean()
                  ? Optional.of(Life.START.plus(Duration.ofHours(random.nextInt(60))))
                  : Optional.empty());
      this.misfire = List.of(CatchUp.values()).get(random.nextInt(3));
      this.state = Lifecycle.begin(schedule);
    }

    void live() {
      for (int step = 0; step < 60; step++) {
        now = now.plus(step(random.nextInt(5)));
        Event event = event();
        State before = state;
        if (Lifecycle.on(event, state, schedule) instanceof Outcome.Moved moved) {
          apply(event, before, moved);
        }
        check(event);
      }
    }

    private Duration step(int kind) {
      return switch (kind) {
        case 0 -> Duration.ZERO;
        case 1 -> Duration.between(now, schedule.firstFrom(now).orElse(now));
        case 2 -> Duration.ofMinutes(random.nextInt(600));
        case 3 -> Duration.ofSeconds(random.nextInt(90));
        default -> Duration.ofHours(4);
      };
    }

    private Event event() {
      boolean attempt = state.running().filter(r -> r.retryAt().isEmpty()).isPresent();
      return switch (random.nextInt(attempt ? 6 : 3)) {
        case 0 -> new Event.Tick(now, misfire);
        case 1 -> new Event.Pause(now);
        case 2 -> new Event.Resume(now);
        case 3 -> new Event.Completed(now);
        case 4 -> new Event.Failed(now, random.nextBoolean());
        default -> new Event.Lost(now, misfire);
      };
    }

    private void apply(Event event, State before, Outcome.Moved moved) {
      state = moved.to();
      boolean goesOn = state instanceof Paused && moved.skipped().isEmpty();
      if (before instanceof Paused paused && !goesOn) {
        paused(paused.since(), event);
      }
      for (Skipped range : moved.skipped()) {
        long count = 0;
        for (Instant slot = range.first();
            !slot.isAfter(range.last());
            slot = slot.plus(schedule.interval())) {
          record(slot, "skipped");
          Instant skipped = slot;
          assertThat(spans.stream().anyMatch(span -> span.has(skipped)))
              .as("seed %s: %s skipped as %s", seed, slot, range.reason())
              .isEqualTo(range.reason() == Skipped.Reason.PAUSED);
          count++;
        }
        assertThat(count).as("seed %s", seed).isEqualTo(range.count());
      }
      moved.ended().ifPresent(ended -> record(before.running().orElseThrow().slot(), "" + ended));
      moved.start().ifPresent(start -> started(event, before, start));
    }

    /// An end passes while paused without ending the pause: its slots are missed in it as well.
    private void paused(Instant since, Event event) {
      Instant until = event instanceof Event.Resume ? now : now.plusNanos(1);
      spans.add(new Span(since, until));
    }

    private void started(Event event, State before, Outcome.Start start) {
      assertThat(event).as("seed %s", seed).isInstanceOf(Event.Tick.class);
      assertThat(start.slot()).as("seed %s", seed).isBeforeOrEqualTo(now);
      if (before.running().isEmpty()) {
        assertThat(before).as("seed %s: start in a pause", seed).isNotInstanceOf(Paused.class);
        assertThat(start.slot()).as("seed %s: in order", seed).isAfter(lastStarted);
        assertThat(spans).as("seed %s", seed).noneMatch(span -> span.has(start.slot()));
        lastStarted = start.slot();
      }
    }

    private void record(Instant slot, String outcome) {
      assertThat(schedule.firstFrom(slot)).as("seed %s: on the grid", seed).contains(slot);
      assertThat(outcomes.put(slot, outcome)).as("seed %s: one outcome of %s", seed, slot).isNull();
    }

    private void check(Event event) {
      long completed = outcomes.values().stream().filter("COMPLETED"::equals).count();
      assertThat(state.generated()).as("seed %s", seed).isEqualTo((int) completed);
      int held = state.running().isPresent() ? 1 : 0;
      schedule.count().ifPresent(c -> assertThat(completed + held).isLessThanOrEqualTo(c));
      Instant settled =
          state
              .next()
              .or(() -> state.running().map(r -> r.slot().plus(schedule.interval())))
              .orElse(now);
      boolean grid = !(state instanceof Inactive);
      for (Instant slot = Life.START; grid && slot.isBefore(settled); ) {
        Instant checked = slot;
        boolean running = state.running().filter(r -> r.slot().equals(checked)).isPresent();
        assertThat(outcomes.containsKey(slot) || running)
            .as("seed %s: %s has an outcome after %s", seed, slot, event)
            .isTrue();
        slot = slot.plus(schedule.interval());
      }
    }
  }
}
