package dev.reprise.server.execution;

import dev.reprise.server.rights.User;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Which users have how many of the workers. No user has all of them, unless there is only one:
/// what takes long must not keep others waiting. Not thread-safe.
///
/// An attempt that has only its outcome left to keep may let its worker go. As many may have done
/// so as there are workers, and of one user as many as may have workers.
final class Workers {
  private final int number;
  private final int share;
  private final Map<User, Integer> busy = new HashMap<>();
  private final Map<User, Integer> early = new HashMap<>();

  Workers(int number) {
    this.number = number;
    this.share = Math.max(1, number - 1);
  }

  int free() {
    return number - all(busy);
  }

  /// Users who have as many as one may have.
  Set<User> usersWithTheirShare() {
    return busy.entrySet().stream()
        .filter(user -> user.getValue() >= share)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /// One more works for a user.
  Place take(User user) {
    return new Place(user);
  }

  private static int all(Map<User, Integer> places) {
    return places.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// That of one attempt.
  final class Place {
    private final User user;
    private Map<User, Integer> among = busy;

    private Place(User user) {
      this.user = user;
      among.merge(user, 1, Integer::sum);
    }

    /// Lets the worker go before the attempt ends, unless too many have.
    ///
    /// @return whether the worker is free
    boolean leaveEarly() {
      if (all(early) >= number || early.getOrDefault(user, 0) >= share) {
        return false;
      }
      end();
      among = early;
      among.merge(user, 1, Integer::sum);
      return true;
    }

    /// The attempt has ended.
    void end() {
      among.computeIfPresent(user, (owner, held) -> held > 1 ? held - 1 : null);
    }
  }
}
