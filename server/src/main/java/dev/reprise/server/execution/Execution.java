package dev.reprise.server.execution;

import dev.reprise.server.delivery.ResultFile;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// One run of a report for one slot.
///
/// @param endedAt when its file was ready, or it had failed
/// @param result its file, once completed
/// @param error why it failed, in words for its owner
public record Execution(
    UUID id,
    Instant slot,
    Status status,
    Optional<Instant> endedAt,
    Optional<ResultFile> result,
    Optional<String> error) {

  /// How far it has come.
  public enum Status {
    PENDING("Pending"),
    PAUSED("Paused"),
    RUNNING("Running"),
    COMPLETED("Completed"),
    FAILED("Failed");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    /// As callers see it.
    public String word() {
      return word;
    }

    static Optional<Status> of(String text) {
      for (Status status : values()) {
        if (status.word.equalsIgnoreCase(text)) {
          return Optional.of(status);
        }
      }
      return Optional.empty();
    }
  }
}
