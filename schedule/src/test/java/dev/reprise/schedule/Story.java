package dev.reprise.schedule;

import dev.reprise.schedule.Outcome.Moved;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A short life on the page for users: told in orders, lived by the lifecycle, printed as a
/// timeline.
final class Story {
  private record Line(Instant at, String text) {}

  private final List<Line> orders = new ArrayList<>();
  private final Map<Instant, String> slots = new TreeMap<>();
  private final Map<Instant, Instant> startedAt = new HashMap<>();
  private Schedule schedule;
  private State state;
  private Instant now = at("Mon 00:00");
  private Duration takes = Duration.ZERO;
  private boolean fails;
  private boolean down;
  private Optional<Instant> endsAt = Optional.empty();

  private Story(Schedule schedule) {
    this.schedule = schedule;
    this.state = Lifecycle.begin(schedule);
  }

  /// A report every four hours from Monday 06:00.
  static Story told() {
    return new Story(schedule(4, Optional.empty(), Optional.empty()));
  }

  static Story counted(int count) {
    return new Story(schedule(4, Optional.of(count), Optional.empty()));
  }

  static Story ending(String end) {
    return new Story(schedule(4, Optional.empty(), Optional.of(at(end))));
  }

  private static Schedule schedule(int hours, Optional<Integer> count, Optional<Instant> end) {
    return new Schedule(at("Mon 06:00"), Duration.ofHours(hours), count, end);
  }

  /// A time of the week that begins on Monday 2026-01-05.
  static Instant at(String time) {
    int day =
        switch (time.substring(0, 3)) {
          case "Mon" -> DayOfWeek.MONDAY.getValue();
          case "Tue" -> DayOfWeek.TUESDAY.getValue();
          default -> DayOfWeek.WEDNESDAY.getValue();
        };
    return Instant.parse("2026-01-0%dT%s:00Z".formatted(4 + day, time.substring(4)));
  }

  Story takes(Duration each) {
    takes = each;
    return this;
  }

  Story failing() {
    fails = true;
    return this;
  }

  Story down(String from, String until) {
    live(at(from));
    down = true;
    orders.add(new Line(at(from), "the service stops"));
    orders.add(new Line(at(until), "the service starts again"));
    live(at(until));
    down = false;
    return this;
  }

  Story pause(String time, String... options) {
    comes(time);
    Event.Mode mode = Event.Mode.FINISH;
    Optional<Instant> until = Optional.empty();
    Optional<CatchUp> catchUp = Optional.empty();
    for (String option : options) {
      switch (option.substring(0, option.indexOf('='))) {
        case "mode" -> mode = Event.Mode.CANCEL;
        case "until" -> until = Optional.of(at(option.substring(6)));
        default -> catchUp = Optional.of(choice(option));
      }
    }
    order("pause " + String.join(" ", options), new Event.Pause(now, mode, until, catchUp));
    return this;
  }

  Story resume(String time, String... options) {
    comes(time);
    Optional<CatchUp> catchUp = List.of(options).stream().findFirst().map(Story::choice);
    order("resume " + String.join(" ", options), new Event.Resume(now, catchUp, Optional.empty()));
    return this;
  }

  Story interval(String time, int hours) {
    comes(time);
    Schedule to =
        new Schedule(schedule.start(), Duration.ofHours(hours), schedule.count(), schedule.end());
    order("update RecurrenceInterval=" + hours, new Event.Update(now, to));
    schedule = to;
    return this;
  }

  Plan plan(String time, CatchUp catchUp) {
    live(at(time));
    return Lifecycle.plan(state, schedule, now, Optional.of(catchUp));
  }

  String until(String time) {
    live(at(time));
    Ledger.open(state, schedule, now).stream()
        .filter(entry -> entry.fate() == Ledger.Fate.PENDING)
        .flatMap(entry -> entry.slots().oldest(99).stream())
        .forEach(slot -> slots.put(slot, "waits"));
    Lifecycle.next(state, schedule, now, 1).forEach(slot -> slots.put(slot, "next"));
    List<Line> lines = new ArrayList<>(orders);
    slots.forEach((slot, fate) -> lines.add(new Line(slot, "  slot " + fate)));
    lines.sort(Comparator.comparing(Line::at).thenComparing(line -> line.text().startsWith(" ")));
    return lines.stream()
        .map(line -> Words.time(line.at()) + "  " + line.text().stripTrailing() + "\n")
        .collect(Collectors.joining());
  }

  private static CatchUp choice(String option) {
    return CatchUp.valueOf(option.substring(8).toUpperCase(Locale.ROOT));
  }

  private void order(String text, Event event) {
    orders.add(new Line(now, text));
    on(event);
    live(now);
  }

  /// Lets time come to an order that is given at the very instant, before anything else happens.
  private void comes(String time) {
    live(at(time).minusNanos(1));
    now = at(time);
  }

  /// Lets time pass: what is due starts, takes its time, and ends.
  private void live(Instant until) {
    while (!down) {
      Optional<Instant> wake = Lifecycle.wake(state, schedule);
      Instant next = endsAt.or(() -> wake).orElse(Instant.MAX);
      if (wake.isPresent() && wake.get().isBefore(next)) {
        next = wake.get();
      }
      if (next.isAfter(until)) {
        break;
      }
      now = now.isBefore(next) ? next : now;
      if (endsAt.equals(Optional.of(next))) {
        endsAt = Optional.empty();
        on(fails ? new Event.Failed(now, false) : new Event.Completed(now));
      } else {
        on(new Event.Tick(now, CatchUp.LATEST));
      }
    }
    now = until;
  }

  private void on(Event event) {
    if (!(Lifecycle.on(event, state, schedule) instanceof Moved moved)) {
      return;
    }
    moved
        .ended()
        .ifPresent(ended -> {
          Instant slot = state.running().orElseThrow().slot();
          String late =
              startedAt.getOrDefault(slot, slot).equals(slot)
                  ? ""
                  : ", started " + Words.time(startedAt.getOrDefault(slot, slot));
          slots.put(slot, Words.lower(ended) + late);
          endsAt = Optional.empty();
        });
    for (Skipped range : moved.skipped()) {
      String into = range.into().map(slot -> "merged into " + Words.time(slot)).orElse("");
      String fate = into.isEmpty() ? "skipped, " + Words.lower(range.reason()) : into;
      range.slots().oldest(99).forEach(slot -> slots.put(slot, fate));
    }
    moved
        .start()
        .ifPresent(start -> {
          startedAt.put(start.slot(), now);
          slots.put(start.slot(), "running, started " + Words.time(now));
          endsAt = Optional.of(now.plus(takes));
        });
    told(event, moved.to());
    state = moved.to();
  }

  private void told(Event event, State to) {
    if (event instanceof Event.Tick
        && state instanceof State.Paused
        && to instanceof State.Active) {
      orders.add(new Line(now, "resumes by itself"));
    }
    if (event instanceof Event.Failed && to instanceof State.Paused) {
      orders.add(new Line(now, "the service pauses the report"));
    }
    if (to instanceof State.Inactive) {
      orders.add(new Line(now, "Inactive"));
    }
  }
}
