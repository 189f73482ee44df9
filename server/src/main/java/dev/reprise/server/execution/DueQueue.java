package dev.reprise.server.execution;

import dev.reprise.server.execution.ExecutionStore.Due;
import dev.reprise.server.rights.User;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Reports that are due, in the order in which they start: users take turns, so that who has few
/// does not wait for all of who has many.
///
/// - Shape: start-time fair queueing. In each turn every user has one; who comes later begins with
///   the turn that is on. Not thread-safe.
/// - Source: Goyal, Vin, Cheng, "Start-time fair queuing", IEEE/ACM Transactions on Networking
///   5(5), 1997.
final class DueQueue {
  private Map<User, Long> turns = new HashMap<>();
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long turn;

  private record Entry(Due due, long turn) {}

  /// Takes what is due now in place of all that is left.
  ///
  /// @param due longest due first, which counts within a turn
  void fill(List<Due> due) {
    Map<User, Long> last = new HashMap<>();
    List<Entry> ordered = new ArrayList<>();
    for (Due one : due) {
      User user = one.owner();
      long next = Math.max(turn, last.getOrDefault(user, turns.getOrDefault(user, -1L)) + 1);
      last.put(user, next);
      ordered.add(new Entry(one, next));
    }
    ordered.sort(Comparator.comparingLong(Entry::turn));
    entries.clear();
    entries.addAll(ordered);
    Map<User, Long> kept = new HashMap<>(turns);
    kept.keySet().retainAll(last.keySet()); // Who has nothing due begins anew another time.
    turns = kept;
  }

  /// The next to start, of those users who may have one more. Who may not keeps their turn.
  Optional<Due> poll(Predicate<User> may) {
    for (Iterator<Entry> each = entries.iterator(); each.hasNext(); ) {
      Entry entry = each.next();
      User user = entry.due().owner();
      if (may.test(user)) {
        each.remove();
        turn = Math.max(turn, entry.turn());
        turns.put(user, entry.turn());
        return Optional.of(entry.due());
      }
    }
    return Optional.empty();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }
}
