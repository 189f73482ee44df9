package dev.reprise.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What became of the slots of a report: every slot that was due has one outcome.
///
/// - Shape: entries are ranges, each with a step of its own, so that those of an earlier grid stay
///   as they are when another takes its place. Oldest first.
/// - Source: the lifecycle, "What is kept".
public record Ledger(List<Entry> entries) {
  public Ledger {
    entries =
        entries.stream().sorted(Comparator.comparing(entry -> entry.slots().first())).toList();
  }

  /// What became of neighbouring slots.
  public record Entry(Slots slots, Fate fate) {
    /// The entry of skipped slots.
    public static Entry of(Skipped skipped) {
      return new Entry(
          skipped.slots(),
          switch (skipped.reason()) {
            case PAUSED -> Fate.PAUSED;
            case CANCELLED -> Fate.CANCELLED;
            case OVERLAP -> Fate.OVERLAP;
            case OUTAGE -> Fate.OUTAGE;
            case LIMIT -> Fate.LIMIT;
            case MERGED -> Fate.MERGED;
          });
    }

    /// The entry of one slot that had an execution.
    public static Entry of(Instant slot, Fate fate) {
      return new Entry(new Slots(slot, slot, Duration.ofHours(1)), fate);
    }
  }

  /// What may become of a slot.
  public enum Fate {
    /// Its file was made.
    COMPLETED,
    /// No attempt made its file.
    FAILED,
    /// Its execution is under way.
    RUNNING,
    /// It has come and waits: for its turn, or for a resume.
    PENDING,
    /// Skipped: see [Skipped.Reason#PAUSED].
    PAUSED,
    /// Skipped: see [Skipped.Reason#CANCELLED].
    CANCELLED,
    /// Skipped: see [Skipped.Reason#OVERLAP].
    OVERLAP,
    /// Skipped: see [Skipped.Reason#OUTAGE].
    OUTAGE,
    /// Skipped: see [Skipped.Reason#LIMIT].
    LIMIT,
    /// A later slot's file has its data.
    MERGED
  }

  /// Where the ledger and the slots that were due do not agree.
  public sealed interface Flaw {
    /// Slots that were due and have no outcome.
    record Missing(Slots slots) implements Flaw {}

    /// Slots that have more than one.
    record Repeated(Slots slots) implements Flaw {}

    /// An outcome of slots that were not due.
    record Stray(Entry entry) implements Flaw {}
  }

  /// The slots that a schedule has had until an instant, if it was in force from its start on. A
  /// report that had several grids has one range of each: what was due while it was in force.
  public static Optional<Slots> due(Schedule schedule, Instant now) {
    return schedule.through(schedule.start(), now);
  }

  /// The outcomes that are still to come, which the state knows and nobody has recorded.
  public static List<Entry> open(State state, Schedule schedule, Instant now) {
    return state
        .progress()
        .map(done ->
            Stream.of(
                    done.running().map(under -> Entry.of(under.slot(), Fate.RUNNING)),
                    done.backlog().map(left -> new Entry(left.slots(), Fate.PENDING)),
                    done.next()
                        .flatMap(next -> schedule.through(next, now))
                        .map(come -> new Entry(come, Fate.PENDING)))
                .flatMap(Optional::stream)
                .toList())
        .orElse(List.of());
  }

  /// What became of a slot; empty if the ledger says nothing of it.
  public Optional<Fate> fate(Instant slot) {
    return entries.stream().filter(entry -> entry.slots().has(slot)).map(Entry::fate).findFirst();
  }

  /// Holds the ledger against the slots that were due, range by range; costs nothing per slot.
  ///
  /// @param due ranges without slots in common, oldest first
  public List<Flaw> flaws(List<Slots> due) {
    List<Flaw> flaws = new ArrayList<>();
    for (Entry entry : entries) {
      if (due.stream().noneMatch(range -> covers(range, entry.slots()))) {
        flaws.add(new Flaw.Stray(entry));
      }
    }
    due.forEach(range -> sweep(range, flaws));
    return flaws;
  }

  /// Goes along a range of due slots and the entries in it, both oldest first.
  private void sweep(Slots range, List<Flaw> flaws) {
    Optional<Slots> open = Optional.of(range);
    for (Entry entry : entries) {
      if (!covers(range, entry.slots())) {
        continue;
      }
      Slots had = new Slots(entry.slots().first(), entry.slots().last(), range.step());
      open.flatMap(slots -> slots.before(had.first()))
          .ifPresent(gap -> flaws.add(new Flaw.Missing(gap)));
      Instant fresh = open.map(Slots::first).orElse(Instant.MAX);
      had.before(fresh).ifPresent(twice -> flaws.add(new Flaw.Repeated(twice)));
      open = open.flatMap(slots -> slots.after(had.last()));
    }
    open.ifPresent(gap -> flaws.add(new Flaw.Missing(gap)));
  }

  private static boolean covers(Slots range, Slots slots) {
    boolean sameStep = slots.count() == 1 || slots.step().equals(range.step());
    return sameStep && range.has(slots.first()) && range.has(slots.last());
  }
}
