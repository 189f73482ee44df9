package dev.reprise.schedule;

import dev.reprise.schedule.Event.Update;
import dev.reprise.schedule.Outcome.Moved;
import dev.reprise.schedule.Outcome.Refused;
import dev.reprise.schedule.Outcome.Unchanged;
import dev.reprise.schedule.State.Active;
import dev.reprise.schedule.State.Inactive;
import dev.reprise.schedule.State.Paused;
import dev.reprise.testkit.ModelReport;
import dev.reprise.testkit.ModelSlot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One report lived through twice, by the lifecycle and by the model; after every step they agree,
/// and the promises that can be seen here hold.
record Twin(State state, Schedule schedule, ModelReport model) {
  static Twin of(Schedule schedule) {
    return new Twin(Lifecycle.begin(schedule), schedule, new ModelReport(Mirror.model(schedule)));
  }

  /// Whether an event can come: an attempt only ends while one is under way.
  boolean takes(Event event) {
    boolean attempt = state.running().filter(one -> one.retryAt().isEmpty()).isPresent();
    return switch (event) {
      case Event.Tick tick -> true;
      case Event.Pause pause -> true;
      case Event.Resume resume -> true;
      case Event.Hold hold -> true;
      case Event.Update update -> true;
      case Event.Completed completed -> attempt;
      case Event.Failed failed -> attempt;
      case Event.Lost lost -> attempt;
    };
  }

  Twin step(Event event) {
    Outcome outcome = Lifecycle.on(event, state, schedule);
    ModelReport other = new ModelReport(model);
    List<ModelSlot> slots = other.slots();
    Mirror.Answer answer = Mirror.tell(event, other);
    boolean accepted = !(outcome instanceof Refused);
    same("whether it is accepted", accepted, answer.accepted());
    Schedule to = accepted && event instanceof Update update ? update.to() : schedule;
    State after = outcome instanceof Moved moved ? moved.to() : state;
    same("outcomes", Mirror.settled(state, outcome), Mirror.settled(slots, other.slots()));
    same("state", Mirror.view(after), other.view());
    Optional<Outcome.Start> start =
        outcome instanceof Moved moved ? moved.start() : Optional.empty();
    same("start", start.map(Outcome.Start::slot), answer.started());
    promises(event, outcome, after, to);
    return new Twin(after, to, other);
  }

  private void promises(Event event, Outcome outcome, State after, Schedule to) {
    int held = after.running().isPresent() ? 1 : 0;
    holds("2: never more than the count", after.generated() + held <= most(to));
    holds(
        "2: only a file uses it up",
        after.generated() == state.generated() + (event instanceof Event.Completed ? 1 : 0));
    if (outcome instanceof Moved moved && moved.start().isPresent()) {
      Instant slot = moved.start().get().slot();
      holds("time starts executions", event instanceof Event.Tick && !slot.isAfter(event.now()));
      boolean again = state.running().isPresent();
      holds("one at a time", !again || state.running().get().slot().equals(slot));
      holds("4: nothing new in a pause", again || state instanceof Active);
    }
    if (event instanceof Event.Tick) {
      boolean due =
          Lifecycle.wake(state, schedule).filter(at -> !at.isAfter(event.now())).isPresent();
      holds("the timer wakes when there is something to do", due == outcome instanceof Moved);
    }
    boolean repeated =
        (event instanceof Event.Pause && state instanceof Paused)
            || (event instanceof Event.Resume && state instanceof Active);
    holds("5: a repeated order changes nothing", !repeated || outcome instanceof Unchanged);
    after.progress().ifPresent(done -> grid(done, to));
    holds("an end is an end", !(after instanceof Inactive) || Lifecycle.wake(after, to).isEmpty());
  }

  private static void grid(Progress done, Schedule to) {
    holds(
        "3: the next slot is of the grid",
        done.next().isEmpty() || done.next().equals(to.firstFrom(done.next().get())));
    holds(
        "6: a backlog lies before the next slot",
        done.backlog().isEmpty()
            || done.next().filter(done.backlog().get().slots().last()::isBefore).isPresent()
            || done.next().isEmpty());
    holds(
        "2: a backlog has places",
        Slots.count(done.backlog().map(Backlog::slots)) <= done.places(to));
    holds("something is left", !done.isOver());
  }

  private static int most(Schedule schedule) {
    return schedule.count().orElse(Integer.MAX_VALUE);
  }

  private static void holds(String promise, boolean held) {
    if (!held) {
      throw new AssertionError(promise);
    }
  }

  private static void same(String what, Object is, Object model) {
    if (!is.equals(model)) {
      throw new AssertionError(what + ": it is " + is + ", the model says " + model);
    }
  }
}
