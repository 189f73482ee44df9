package dev.reprise.server.rights;

import dev.reprise.server.access.Role;
import java.util.Optional;
import java.util.Set;

/// What rights need of storage.
public interface RightsStore {
  /// The roles that a user showed last; empty for one who never showed a token.
  Optional<Set<Role>> load(User user);

  /// Keeps the roles of a user.
  void save(User user, Set<Role> roles);

  /// Someone of a tenant.
  record User(String tenant, String name) {}
}
