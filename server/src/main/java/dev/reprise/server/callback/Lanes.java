package dev.reprise.server.callback;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Which callback is sent next: receivers take turns, each with so many at once as it has shown to
/// be quick.
///
/// - Shape: a receiver that answered its last request quickly may have [#QUICK_AT_ONCE] at once;
///   one that did not, or is new, has one, and all such together have half of the places. So no
///   more than half is ever given to receivers that hang; what those hold that were quick until
///   then, they hold until its time is over. Not thread-safe.
/// - Limits: 10,000 receivers are remembered as quick; another counts as new again.
final class Lanes {
  /// Requests to one receiver at the same time.
  static final int QUICK_AT_ONCE = 16;

  private static final int REMEMBERED = 10_000;

  private final int places;
  private final Map<String, Lane> lanes = new LinkedHashMap<>(); // In the order of turns.
  private final Set<String> quick = new HashSet<>();
  private int taken;
  private int takenBySlow;
  private int ready;
  private int readyBySlow;
  private final Set<UUID> endedMeanwhile = new HashSet<>();
  private int quickOnes = 1;

  private static final class Lane {
    final Deque<Due> ready = new ArrayDeque<>();
    final Map<UUID, Boolean> underWay = new HashMap<>(); // Whether it took a place of the slow.
  }

  /// @param places requests at the same time, to all receivers
  Lanes(int places) {
    this.places = places;
  }

  /// Begins a look: who has something due. Who had before keeps its turn, who is new comes last.
  ///
  /// @return whom to look at, in the order of turns
  List<String> begin(List<String> receivers) {
    Set<String> due = Set.copyOf(receivers);
    lanes
        .entrySet()
        .removeIf(entry -> entry.getValue().underWay.isEmpty() && !due.contains(entry.getKey()));
    receivers.forEach(receiver -> lanes.computeIfAbsent(receiver, name -> new Lane()));
    endedMeanwhile.clear();
    quickOnes = (int) Math.max(1, due.stream().filter(quick::contains).count());
    return lanes.keySet().stream().filter(due::contains).toList();
  }

  /// How many callbacks of a receiver are worth looking for, those under way included.
  int wanted(String receiver) {
    boolean slow = !quick.contains(receiver);
    boolean full = taken + ready >= places || (slow && takenBySlow + readyBySlow >= slowPlaces());
    int atOnce = slow ? 1 : QUICK_AT_ONCE;
    int underWay = lane(receiver).underWay.size();
    int share = Math.max(1, (places - taken) / quickOnes);
    return full || underWay >= atOnce ? 0 : Math.min(atOnce, underWay + share);
  }

  /// Offers callbacks that were found due; those that are under way are passed over, and those that
  /// have ended since the look began: they may have been found before that was recorded.
  void offer(String receiver, List<Due> due) {
    Lane lane = lane(receiver);
    int room = wanted(receiver) - lane.underWay.size();
    for (Due one : due) {
      UUID id = one.execution();
      if (room > 0 && !lane.underWay.containsKey(id) && !endedMeanwhile.contains(id)) {
        room--;
        lane.ready.add(one);
        ready++;
        readyBySlow += quick.contains(receiver) ? 0 : 1;
      }
    }
  }

  /// Takes the next to send; its receiver is then last in turn.
  Optional<Due> next() {
    if (taken >= places) {
      return Optional.empty();
    }
    Optional<String> turn =
        lanes.entrySet().stream()
            .filter(entry -> mayStart(entry.getKey(), entry.getValue()))
            .map(Map.Entry::getKey)
            .findFirst();
    return turn.map(this::start);
  }

  private boolean mayStart(String receiver, Lane lane) {
    return !lane.ready.isEmpty()
        && (quick.contains(receiver)
            ? lane.underWay.size() < QUICK_AT_ONCE
            : lane.underWay.isEmpty() && takenBySlow < slowPlaces());
  }

  private Due start(String receiver) {
    Lane lane = lane(receiver);
    lanes.remove(receiver);
    lanes.put(receiver, lane);
    Due due = lane.ready.remove();
    boolean slow = !quick.contains(receiver);
    lane.underWay.put(due.execution(), slow);
    taken++;
    takenBySlow += slow ? 1 : 0;
    return due;
  }

  /// Ends a look. What was offered and not taken is in the store.
  void end() {
    lanes.values().forEach(lane -> lane.ready.clear());
    ready = 0;
    readyBySlow = 0;
  }

  /// An attempt has ended and is recorded.
  ///
  /// @param wasQuick whether the receiver answered, and soon
  void ended(Due due, boolean wasQuick) {
    passed(due);
    String receiver = due.receiver();
    if (!wasQuick) {
      quick.remove(receiver);
    } else if (quick.size() < REMEMBERED) {
      quick.add(receiver);
    }
  }

  /// No attempt was made: another node makes it.
  void passed(Due due) {
    String receiver = due.receiver();
    Boolean slow = lane(receiver).underWay.remove(due.execution());
    if (slow == null) {
      throw new IllegalStateException(due.id() + " was not under way");
    }
    endedMeanwhile.add(due.execution());
    taken--;
    takenBySlow -= slow ? 1 : 0;
  }

  private Lane lane(String receiver) {
    return Optional.ofNullable(lanes.get(receiver))
        .orElseThrow(() -> new IllegalStateException("no turn of " + receiver));
  }

  boolean isFull() {
    return taken >= places;
  }

  private int slowPlaces() {
    return Math.max(1, places / 2);
  }
}
