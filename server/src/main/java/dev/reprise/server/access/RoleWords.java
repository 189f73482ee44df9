package dev.reprise.server.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// How an issuer says what a caller may do.
///
/// @param claim its name; where no claim has it, a path with dots, as in `realm_access.roles`
/// @param meaning what the issuer's words stand for; matched exactly, and other words are ignored
public record RoleWords(String claim, Map<String, Role> meaning) {
  /// As Entra ID does it when the application declares roles with our names.
  public static final RoleWords DEFAULT = new RoleWords("roles", ours());

  public RoleWords {
    meaning = Map.copyOf(meaning);
  }

  /// Our own names of the roles.
  public static Map<String, Role> ours() {
    return Arrays.stream(Role.values()).collect(Collectors.toMap(Role::word, role -> role));
  }

  Set<Role> in(Collection<String> words) {
    return words.stream()
        .filter(meaning::containsKey)
        .map(meaning::get)
        .collect(Collectors.toUnmodifiableSet());
  }
}
