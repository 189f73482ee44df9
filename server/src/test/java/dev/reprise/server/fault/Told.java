package dev.reprise.server.fault;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What a caller knows of a report from the answers it got: what was acknowledged holds, what got
/// no answer may hold.
final class Told {
  /// What a caller can do.
  enum State {
    ACTIVE,
    PAUSED,
    DELETED
  }

  final String id;
  final List<String> acknowledged = new ArrayList<>(); // Reasons of changes that were.
  final List<String> unanswered = new ArrayList<>(); // Reasons of those that may have been.
  private Set<State> possible = EnumSet.of(State.ACTIVE);

  Told(String id) {
    this.id = id;
  }

  Set<State> possible() {
    return Set.copyOf(possible);
  }

  boolean isCertain(State state) {
    return possible.equals(EnumSet.of(state));
  }

  void acknowledged(State to, String reason) {
    if (to == State.DELETED) {
      possible = EnumSet.of(to); // Nobody gives a reason for that.
      return;
    }
    if (!possible.contains(to)) { // Otherwise it may have been so before, and nothing has changed.
      acknowledged.add(reason);
    } else if (!isCertain(to)) {
      unanswered.add(reason);
    }
    possible = EnumSet.of(to);
  }

  void unanswered(State to, String reason) {
    unanswered.add(reason);
    possible.add(to);
  }

  /// The service paused it.
  void pausedItself() {
    possible.add(State.PAUSED);
  }

  /// Where it was found.
  void seen(State state) {
    if (!possible.contains(state)) {
      throw new AssertionError(
          "report %s is %s, which nobody asked for: it has to be one of %s"
              .formatted(id, state, possible));
    }
    possible = EnumSet.of(state);
  }
}
