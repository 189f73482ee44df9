package dev.reprise.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One report lived through in a test: applies events, keeps what they said.
final class Life {
  static final Instant START = Instant.parse("2026-01-05T06:00:00Z");

  Schedule schedule;
  CatchUp misfire = CatchUp.LATEST;
  State state;
  Outcome last = new Outcome.Unchanged();
  final List<Instant> started = new ArrayList<>();
  final List<Skipped> skipped = new ArrayList<>();

  private Life(Schedule schedule) {
    this.schedule = schedule;
    this.state = Lifecycle.begin(schedule);
  }

  Life copy() {
    Life copy = new Life(schedule);
    copy.misfire = misfire;
    copy.state = state;
    return copy;
  }

  /// A report every `hours` from [#START] on.
  static Life every(int hours, Integer... count) {
    return new Life(
        new Schedule(
            START, Duration.ofHours(hours), List.of(count).stream().findFirst(), Optional.empty()));
  }

  static Life everyUntil(int hours, Instant end) {
    return new Life(
        new Schedule(START, Duration.ofHours(hours), Optional.empty(), Optional.of(end)));
  }

  /// Neighbouring slots of a grid, four hours apart if there is only one.
  static Slots slots(Instant first, Instant last, long count) {
    Duration step =
        count == 1 ? Duration.ofHours(4) : Duration.between(first, last).dividedBy(count - 1);
    return new Slots(first, last, step);
  }

  static Skipped skipped(Instant first, Instant last, long count, Skipped.Reason reason) {
    return new Skipped(slots(first, last, count), reason, Optional.empty());
  }

  /// Hours and minutes after the start, such as `at("4:00")`.
  static Instant at(String hoursAndMinutes) {
    String[] parts = hoursAndMinutes.split(":", -1);
    return START.plus(
        Duration.ofHours(Long.parseLong(parts[0])).plusMinutes(Long.parseLong(parts[1])));
  }

  Life on(Event event) {
    last = Lifecycle.on(event, state, schedule);
    if (last instanceof Outcome.Moved moved) {
      state = moved.to();
      skipped.addAll(moved.skipped());
      moved.start().ifPresent(start -> started.add(start.slot()));
    }
    return this;
  }

  Life tick(Instant now) {
    return on(new Event.Tick(now, misfire));
  }

  Life completes(Instant now) {
    return on(new Event.Completed(now));
  }

  /// Runs a slot on time, from its start to its file.
  Life runs(Instant slot) {
    return tick(slot).completes(slot);
  }

  Life pause(Instant now) {
    return on(new Event.Pause(now));
  }

  Life resume(Instant now) {
    return on(new Event.Resume(now));
  }

  Life resume(Instant now, CatchUp catchUp) {
    return on(new Event.Resume(now, Optional.of(catchUp), Optional.empty()));
  }

  Life fails(Instant now) {
    return on(new Event.Failed(now, false));
  }

  /// Runs what waits, one after another, each from its start to its file.
  Life runsAll(Instant now) {
    while (state.running().isEmpty()
        && Lifecycle.wake(state, schedule).filter(wake -> !wake.isAfter(now)).isPresent()) {
      tick(now).completes(now);
    }
    return this;
  }

  Life update(Instant now, Schedule to) {
    on(new Event.Update(now, to));
    if (last instanceof Outcome.Moved) {
      schedule = to;
    }
    return this;
  }

  void nextIs(Instant slot) {
    assertThat(state.next()).contains(slot);
  }

  String refusal() {
    assertThat(last).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused) last).why().text();
  }
}
