package dev.reprise.server.rights;

import dev.reprise.server.access.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What rights need of storage.
public interface RightsStore {
  /// What a user showed last; empty for one who never showed a token.
  Optional<Shown> load(User user);

  /// Keeps what a user showed.
  void save(User user, Shown shown);

  /// The roles in a token.
  ///
  /// @param since when it was issued
  record Shown(Set<Role> roles, Instant since) {
    public Shown {
      roles = Set.copyOf(roles);
    }
  }
}
