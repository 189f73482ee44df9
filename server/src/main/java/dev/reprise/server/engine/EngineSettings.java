package dev.reprise.server.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Where an engine finds and puts things, and how much one run may use.
///
/// @param datasets the file that holds the tables; only read
/// @param staging the only folder to which results may be written
/// @param spill the folder for what does not fit into memory
/// @param own tables that lie elsewhere
/// @param formulaGuard whether texts that spreadsheets would compute get an apostrophe
/// @param idle how long what one run has opened is kept for the next
public record EngineSettings(
    Path datasets,
    List<OwnTable> own,
    Path staging,
    Path spill,
    long memoryBytes,
    long spillBytes,
    int threads,
    boolean formulaGuard,
    Duration idle) {
  public EngineSettings {
    own = List.copyOf(own);
    datasets = datasets.toAbsolutePath().normalize();
    staging = staging.toAbsolutePath().normalize();
    spill = spill.toAbsolutePath().normalize();
    if (memoryBytes < 1 || spillBytes < 0 || threads < 1 || idle.isNegative()) {
      throw new IllegalArgumentException(
          "memory %d, spill %d, threads %d, idle %s"
              .formatted(memoryBytes, spillBytes, threads, idle));
    }
  }

  /// The same with other memory for a run.
  public EngineSettings withMemory(long bytes) {
    return new EngineSettings(
        datasets, own, staging, spill, bytes, spillBytes, threads, formulaGuard, idle);
  }
}
