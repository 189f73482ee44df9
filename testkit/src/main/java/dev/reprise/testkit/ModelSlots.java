package dev.reprise.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The slots of a report that have come, oldest first, and what a choice does to them.
final class ModelSlots {
  private final List<ModelSlot> slots;

  ModelSlots(List<ModelSlot> slots) {
    this.slots = new ArrayList<>(slots);
  }

  void add(ModelSlot slot) {
    slots.add(slot);
  }

  void remove(Predicate<ModelSlot> which) {
    slots.removeIf(which);
  }

  List<ModelSlot> all(Predicate<ModelSlot> which) {
    List<ModelSlot> found = new ArrayList<>();
    for (ModelSlot slot : slots) {
      if (which.test(slot)) {
        found.add(slot);
      }
    }
    return found;
  }

  Optional<ModelSlot> running() {
    return slots.stream().filter(slot -> slot.outcome().equals(ModelSlot.RUNNING)).findFirst();
  }

  void become(ModelSlot slot, String outcome) {
    slots.set(slots.indexOf(slot), slot.becomes(outcome));
  }

  void letRun(ModelSlot slot, Optional<Instant> mergedFrom) {
    slots.set(slots.indexOf(slot), slot.choose(mergedFrom));
  }

  /// The rule of each choice.
  ///
  /// @param missed oldest first
  /// @param places how many of them the count leaves room for
  /// @param skip what becomes of those that are not chosen
  void choose(List<ModelSlot> missed, String choice, int places, Consumer<ModelSlot> skip) {
    if (missed.isEmpty()) {
      return;
    }
    if (!choice.equals("skip") && places == 0) {
      missed.forEach(slot -> become(slot, "limit"));
      return;
    }
    ModelSlot newest = missed.getLast();
    List<ModelSlot> older = missed.subList(0, missed.size() - 1);
    switch (choice) {
      case "skip" -> missed.forEach(skip);
      case "latest" -> {
        older.forEach(skip);
        letRun(newest, newest.mergedFrom());
      }
      case "merged" -> {
        Instant oldest = missed.getFirst().mergedFrom().orElse(missed.getFirst().at());
        older.forEach(slot -> become(slot, "merged"));
        letRun(newest, Optional.of(oldest).filter(from -> from.isBefore(newest.at())));
      }
      case "all" -> chooseAll(missed, Math.min(1_000, places));
      default -> throw new IllegalArgumentException(choice);
    }
  }

  /// The oldest run. Those behind a gap in the grid do not: a backlog is unbroken.
  private void chooseAll(List<ModelSlot> missed, int most) {
    boolean unbroken = true;
    int chosen = 0;
    Optional<ModelSlot> before = Optional.empty();
    for (ModelSlot slot : missed) {
      boolean left = before.filter(ModelSlot::chosen).isPresent();
      if (left && !slot.chosen()) {
        unbroken = goesOn(before.get(), slot);
      }
      before = Optional.of(slot);
      if (chosen < most && unbroken) {
        letRun(slot, slot.mergedFrom());
        chosen++;
      } else {
        become(slot, "limit");
      }
    }
  }

  private static boolean goesOn(ModelSlot slot, ModelSlot later) {
    return slot.hours() == later.hours()
        && slot.at().plus(Duration.ofHours(slot.hours())).equals(later.at());
  }
}
