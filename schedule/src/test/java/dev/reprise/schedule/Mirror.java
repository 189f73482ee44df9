package dev.reprise.schedule;

import dev.reprise.schedule.Outcome.Ended;
import dev.reprise.schedule.Outcome.Moved;
import dev.reprise.schedule.State.Active;
import dev.reprise.schedule.State.Inactive;
import dev.reprise.schedule.State.Paused;
import dev.reprise.schedule.State.Running;
import dev.reprise.testkit.ModelReport;
import dev.reprise.testkit.ModelSchedule;
import dev.reprise.testkit.ModelSlot;
import dev.reprise.testkit.ModelView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Says to the model what is said to the lifecycle, and the other way round what that answers.
final class Mirror {
  private Mirror() {}

  /// @param accepted false if the order was refused
  record Answer(boolean accepted, Optional<Instant> started) {}

  static Answer tell(Event event, ModelReport model) {
    return switch (event) {
      case Event.Tick(var now, var misfire) -> new Answer(true, model.tick(now, word(misfire)));
      case Event.Pause(var now, var mode, var until, var catchUp) ->
          accepted(model.pause(now, mode == Event.Mode.CANCEL, until, catchUp.map(Mirror::word)));
      case Event.Resume(var now, var catchUp, var plan) ->
          accepted(model.resume(now, catchUp.map(Mirror::word)));
      case Event.Update(var now, var to) -> accepted(model.update(now, model(to)));
      case Event.Hold(var now) -> done(() -> model.hold(now));
      case Event.Completed(var now) -> done(() -> model.completes(now));
      case Event.Failed(var now, var retry) -> done(() -> model.fails(now, retry));
      case Event.Lost(var now, var misfire) -> done(() -> model.lost(now, word(misfire)));
    };
  }

  private static Answer accepted(boolean accepted) {
    return new Answer(accepted, Optional.empty());
  }

  private static Answer done(Runnable order) {
    order.run();
    return accepted(true);
  }

  static ModelSchedule model(Schedule schedule) {
    return new ModelSchedule(
        schedule.start(),
        Math.toIntExact(schedule.interval().toHours()),
        schedule.count(),
        schedule.end());
  }

  private static String word(CatchUp catchUp) {
    return catchUp.name().toLowerCase(Locale.ROOT);
  }

  static ModelView view(State state) {
    String status =
        switch (state) {
          case Active active -> "active";
          case Paused paused -> "paused";
          case Inactive inactive -> inactive.whilePaused() ? "inactive while paused" : "inactive";
        };
    Optional<Paused> paused = state instanceof Paused one ? Optional.of(one) : Optional.empty();
    Optional<Backlog> backlog = state.progress().flatMap(Progress::backlog);
    return new ModelView(
        status,
        paused.map(Paused::since),
        paused.flatMap(Paused::until),
        state.next(),
        backlog.map(left -> left.slots().oldest(Integer.MAX_VALUE)).orElse(List.of()),
        backlog.flatMap(Backlog::mergedFrom),
        state.running().map(Running::slot),
        state.running().flatMap(Running::mergedFrom),
        state.running().map(Running::attempt),
        state.running().flatMap(Running::retryAt),
        state.generated(),
        state.progress().map(Progress::failures).orElse(0));
  }

  /// The final outcomes that an outcome brings, slot by slot.
  static Map<Instant, String> settled(State before, Outcome outcome) {
    Map<Instant, String> settled = new TreeMap<>();
    if (outcome instanceof Moved moved) {
      for (Skipped range : moved.skipped()) {
        for (Instant slot : range.slots().oldest(Integer.MAX_VALUE)) {
          put(settled, slot, range.reason().name());
        }
      }
      moved
          .ended()
          .filter(ended -> ended != Ended.CANCELLED)
          .ifPresent(ended -> put(settled, before.running().orElseThrow().slot(), ended.name()));
    }
    return settled;
  }

  /// The final outcomes in the model that were not there before.
  static Map<Instant, String> settled(List<ModelSlot> before, List<ModelSlot> after) {
    Map<Instant, String> settled = new TreeMap<>();
    for (ModelSlot slot : after) {
      if (isFinal(slot) && before.stream().noneMatch(slot::equals)) {
        settled.put(slot.at(), slot.outcome().toUpperCase(Locale.ROOT));
      }
    }
    return settled;
  }

  private static boolean isFinal(ModelSlot slot) {
    return !slot.waits() && !slot.outcome().equals(ModelSlot.RUNNING);
  }

  private static void put(Map<Instant, String> settled, Instant slot, String outcome) {
    String other = settled.put(slot, outcome);
    if (other != null) {
      throw new AssertionError(slot + " is " + other + " and " + outcome);
    }
  }
}
