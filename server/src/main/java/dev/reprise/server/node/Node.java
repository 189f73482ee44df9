package dev.reprise.server.node;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// A process that serves the store.
///
/// @param id of this run of it; one that was taken for dead goes on under another
/// @param place its data directory, which no other process has
/// @param name for people
/// @param until when its lease ends unless it is renewed
public record Node(UUID id, UUID place, String name, Instant started, Instant seen, Instant until) {

  /// What a process says of itself.
  ///
  /// @param lease for how long it is believed to live when nothing is heard of it
  public record Identity(UUID place, String name, Duration lease) {}
}
