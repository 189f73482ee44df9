package dev.reprise.server.execution;

import dev.reprise.server.rights.User;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// How many workers are busy, and for whom. No user has all of them, unless there is only one: what
/// takes long must not keep others waiting. Not thread-safe.
final class Workers {
  private final int number;
  private final int share;
  private final Map<User, Integer> places = new HashMap<>();
  private int busy; // The sum of all places.

  Workers(int number) {
    this.number = number;
    this.share = Math.max(1, number - 1);
  }

  int number() {
    return number;
  }

  int busy() {
    return busy;
  }

  int free() {
    return number - busy;
  }

  /// Users who have as many as one may have.
  Set<User> usersWithTheirShare() {
    return places.entrySet().stream()
        .filter(user -> user.getValue() >= share)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /// One more works for a user.
  Place take(User user) {
    busy++;
    places.merge(user, 1, Integer::sum);
    return new Place(user);
  }

  /// That of one attempt.
  final class Place {
    private final User user;
    private boolean taken = true;

    private Place(User user) {
      this.user = user;
    }

    /// The worker is free; changes nothing if it is already.
    void leave() {
      if (taken) {
        taken = false;
        busy--;
        places.computeIfPresent(user, (owner, held) -> held > 1 ? held - 1 : null);
      }
    }
  }
}
