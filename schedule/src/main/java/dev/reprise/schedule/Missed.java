package dev.reprise.schedule;

import dev.reprise.schedule.Skipped.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Slots that have passed without an outcome: what an earlier choice left to run, and after it what
/// passed since.
///
/// @param pausedSince from when on they passed in a pause; empty if they all passed in an outage
record Missed(Optional<Backlog> left, Optional<Slots> passed, Optional<Instant> pausedSince) {

  /// Slots that passed outside a pause.
  static Missed inOutage(Slots passed) {
    return new Missed(Optional.empty(), Optional.of(passed), Optional.empty());
  }

  long count() {
    return Slots.count(left.map(Backlog::slots)) + Slots.count(passed);
  }

  List<Instant> oldest(int most) {
    List<Instant> slots = new ArrayList<>();
    left.ifPresent(backlog -> slots.addAll(backlog.slots().oldest(most)));
    passed.ifPresent(range -> slots.addAll(range.oldest(most - slots.size())));
    return slots;
  }

  /// Skips all, each slot with the reason that it has.
  List<Skipped> skipAll() {
    List<Skipped> skipped = skipLeft(left.map(Backlog::slots));
    skipped.addAll(skip(passed));
    return skipped;
  }

  /// Skips all with one reason.
  List<Skipped> skipAll(Reason reason) {
    List<Skipped> skipped = new ArrayList<>();
    left.ifPresent(backlog -> skipped.add(Skipped.of(backlog.slots(), reason)));
    passed.ifPresent(range -> skipped.add(Skipped.of(range, reason)));
    return skipped;
  }

  static List<Skipped> skipLeft(Optional<Slots> part) {
    List<Skipped> skipped = new ArrayList<>();
    part.ifPresent(range -> skipped.add(Skipped.of(range, Reason.PAUSED)));
    return skipped;
  }

  /// Skips a part of those that passed: what passed before the pause passed in an outage.
  List<Skipped> skip(Optional<Slots> part) {
    List<Skipped> skipped = new ArrayList<>();
    Instant since = pausedSince.orElse(Instant.MAX);
    part.flatMap(range -> range.before(since))
        .ifPresent(range -> skipped.add(Skipped.of(range, Reason.OUTAGE)));
    part.flatMap(range -> range.from(since))
        .ifPresent(range -> skipped.add(Skipped.of(range, Reason.PAUSED)));
    return skipped;
  }
}
