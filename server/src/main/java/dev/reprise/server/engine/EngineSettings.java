package dev.reprise.server.engine;

import java.nio.file.Path;
import java.time.Duration;

/// Where an engine finds and puts things, and how much one run may use.
///
/// @param datasets the file that holds the tables; only read
/// @param staging the only folder to which results may be written
/// @param spill the folder for what does not fit into memory
/// @param idle how long what one run has opened is kept for the next
public record EngineSettings(
    Path datasets,
    Path staging,
    Path spill,
    long memoryBytes,
    long spillBytes,
    int threads,
    Duration idle) {
  public EngineSettings {
    datasets = datasets.toAbsolutePath().normalize();
    staging = staging.toAbsolutePath().normalize();
    spill = spill.toAbsolutePath().normalize();
    if (memoryBytes < 1 || spillBytes < 0 || threads < 1 || idle.isNegative()) {
      throw new IllegalArgumentException(
          "memory %d, spill %d, threads %d, idle %s"
              .formatted(memoryBytes, spillBytes, threads, idle));
    }
  }
}
