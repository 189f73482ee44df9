package dev.reprise.server.watchdog;

import dev.reprise.schedule.Progress;
import dev.reprise.schedule.State;
import dev.reprise.schedule.Watch.Difference;
import dev.reprise.schedule.Watch.Part;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is made of a report that is not stored as it should be.
final class Healing {
  private Healing() {}

  /// The state with the next slot that it should have; the rest follows from the state.
  static State healed(State state, List<Difference> differences) {
    Optional<Difference> next =
        differences.stream().filter(one -> one.part() == Part.NEXT).findFirst();
    return next.isPresent() ? with(state, next.get().expected()) : state;
  }

  private static State with(State state, Optional<Instant> next) {
    return switch (state) {
      case State.Active(var done) -> {
        boolean over = next.isEmpty() && done.running().isEmpty() && done.backlog().isEmpty();
        yield over
            ? new State.Inactive(State.End.END_PASSED, false, done.generated())
            : new State.Active(with(done, next));
      }
      case State.Paused(var since, var until, var catchUp, var done) ->
          new State.Paused(since, until, catchUp, with(done, next));
      case State.Inactive inactive -> inactive;
    };
  }

  private static Progress with(Progress done, Optional<Instant> next) {
    return new Progress(next, done.backlog(), done.running(), done.generated(), done.failures());
  }

  /// Whether the execution under way is not stored, or one that is stored is not under way.
  static boolean ofRunning(Difference difference) {
    return difference.part() == Part.RUNNING;
  }

  /// What differed, for the history.
  static String words(List<Difference> differences) {
    return differences.stream().map(Healing::words).collect(Collectors.joining("; "));
  }

  private static String words(Difference difference) {
    String what =
        switch (difference.part()) {
          case NEXT -> "next slot";
          case PENDING -> "pending execution";
          case STATUS -> "status of the pending execution";
          case RUNNING -> "running execution";
          case WAKE -> "timer";
        };
    if (difference.part() == Part.STATUS) {
      return what + ": not that of the report";
    }
    String stored = difference.stored().map(Instant::toString).orElse("none");
    String expected = difference.expected().map(Instant::toString).orElse("none");
    return "%s: %s was stored, %s expected".formatted(what, stored, expected);
  }
}
