package dev.reprise.server.query;

import java.time.Instant;
import java.util.Optional;

/// A query kept under a name, for reports to use.
///
/// @param id a UUID, or the opaque id of a system query
/// @param owner of a user's own query; empty for a system query
public record SavedQuery(
    String id,
    String program,
    Optional<Owner> owner,
    String name,
    Optional<String> description,
    String text,
    Instant createdAt) {

  /// Whose it is.
  public record Owner(String tenant, String user) {}
}
