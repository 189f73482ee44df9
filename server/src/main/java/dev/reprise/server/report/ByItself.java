package dev.reprise.server.report;

import dev.reprise.schedule.State;
import dev.reprise.schedule.State.Paused;
import dev.reprise.server.history.Act;
import dev.reprise.server.history.Act.What;
import dev.reprise.server.report.Report.PauseNote;
import java.util.Optional;

/// What happens to a report without anybody's asking, as its history has it.
final class ByItself {
  private ByItself() {}

  /// The act that made one of the other; empty if it is only one more slot.
  static Optional<Act> act(Report before, Report after) {
    return switch (after.state()) {
      case State.Active active ->
          before.state() instanceof Paused paused
              ? Optional.of(Act.ofService(What.TIMED_RESUME, "paused" + until(paused)))
              : Optional.empty();
      case Paused now -> paused(before.state(), now, after);
      case State.Inactive now ->
          before.state() instanceof State.Inactive
              ? Optional.empty()
              : Optional.of(Act.ofService(What.END, why(now)));
    };
  }

  private static Optional<Act> paused(State before, Paused now, Report after) {
    if (!(before instanceof Paused paused)) {
      String reason = after.pause().flatMap(PauseNote::reason).orElse("");
      return Optional.of(Act.ofService(What.AUTOMATIC_PAUSE, reason));
    }
    return paused.until().equals(now.until())
        ? Optional.empty()
        : Optional.of(Act.ofService(What.HOLD, "it cannot be resumed; paused" + until(paused)));
  }

  private static String until(Paused paused) {
    return paused.until().map(time -> " until " + time).orElse("");
  }

  private static String why(State.Inactive inactive) {
    return switch (inactive.end()) {
      case COUNT_USED_UP -> "all " + inactive.generated() + " reports have been generated";
      case END_PASSED -> "its schedule has no further slot";
    };
  }
}
