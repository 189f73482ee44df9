package dev.reprise.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the store should hold of a report, computed anew from its definition, compared with what it
/// holds: the pure part of the watchdog.
///
/// - Source: the lifecycle, "What is kept".
public final class Watch {
  private Watch() {}

  /// What is stored of a report.
  ///
  /// @param settled the newest slot of its schedule that has an outcome, is under way or in the
  ///   backlog; empty if there is none since the schedule was made or changed
  /// @param pending the slots of the executions that wait
  /// @param paused the slots of those that wait while their report is paused
  /// @param running the slots of the executions under way
  /// @param wake when it is woken
  public record Stored(
      State state,
      Optional<Instant> settled,
      List<Instant> pending,
      List<Instant> paused,
      List<Instant> running,
      Optional<Instant> wake) {
    public Stored {
      pending = List.copyOf(pending);
      paused = List.copyOf(paused);
      running = List.copyOf(running);
    }
  }

  /// A value that is not as it should be: missing if nothing is stored, orphaned if nothing is
  /// expected, wrong if both are there. Of a status both are the slot.
  public record Difference(Part part, Optional<Instant> stored, Optional<Instant> expected) {}

  /// What can differ.
  public enum Part {
    /// The next slot of the state.
    NEXT,
    /// The execution that waits.
    PENDING,
    /// Whether it is paused, as its report is.
    STATUS,
    /// The execution under way.
    RUNNING,
    /// The timer.
    WAKE
  }

  /// All differences; none if the report is as it should be.
  public static List<Difference> differences(Stored stored, Schedule schedule) {
    State state = stored.state();
    List<Difference> found = new ArrayList<>();
    Optional<Instant> next = next(stored, schedule);
    if (!next.equals(state.next())) {
      found.add(new Difference(Part.NEXT, state.next(), next));
    }
    Optional<Instant> pending = Lifecycle.pending(state, schedule);
    List<Instant> waiting = new ArrayList<>(stored.pending());
    waiting.addAll(stored.paused());
    compare(Part.PENDING, waiting, pending, found);
    boolean isPaused = state instanceof State.Paused;
    pending
        .filter((isPaused ? stored.pending() : stored.paused())::contains)
        .ifPresent(slot -> found.add(new Difference(Part.STATUS, pending, pending)));
    compare(Part.RUNNING, stored.running(), state.running().map(State.Running::slot), found);
    compare(Part.WAKE, stored.wake().stream().toList(), Lifecycle.wake(state, schedule), found);
    return found;
  }

  /// The slot after the newest that is settled. Without one, any slot of the grid may be the next.
  private static Optional<Instant> next(Stored stored, Schedule schedule) {
    Optional<Instant> next = stored.state().next();
    if (stored.state().progress().isEmpty()) {
      return next;
    }
    return stored.settled().isPresent()
        ? stored.settled().flatMap(schedule::firstAfter)
        : next.flatMap(schedule::firstFrom);
  }

  private static void compare(
      Part part, List<Instant> stored, Optional<Instant> expected, List<Difference> found) {
    List<Instant> others =
        stored.stream().filter(slot -> !expected.filter(slot::equals).isPresent()).toList();
    boolean there = expected.isEmpty() || others.size() < stored.size();
    if (!there) {
      found.add(new Difference(part, others.stream().findFirst(), expected));
    }
    others.stream()
        .skip(there ? 0 : 1)
        .forEach(slot -> found.add(new Difference(part, Optional.of(slot), Optional.empty())));
  }
}
