package dev.reprise.server.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Where an engine finds and puts things, and how much one run may use.
///
/// @param datasets the file that holds the tables; only read
/// @param own tables that lie elsewhere
/// @param staging the only folder to which results may be written
/// @param spill the folder for what does not fit into memory
/// @param memoryBytes what one run may hold of rows that it sorts or groups
/// @param formulaGuard whether texts that spreadsheets would compute get an apostrophe
/// @param idle how long what one run has opened is kept for the next; not at all if zero
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
  /// What a run books for each of its threads to read ahead in wide files, most of which it never
  /// touches.
  private static final long READING_BYTES = 256 << 20;

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

  /// What a run may book in all. A run that only hands on rows reads ahead; with too little to book
  /// for that it has to give memory back all the time, and takes several times as long.
  ///
  /// @param streamed whether it is such a run
  long bookedBytes(boolean streamed) {
    return streamed ? memoryBytes + threads * READING_BYTES : memoryBytes;
  }

  /// The same with other memory for a run, of which nothing is kept for the next.
  public EngineSettings withMemory(long bytes) {
    return new EngineSettings(
        datasets, own, staging, spill, bytes, spillBytes, threads, formulaGuard, Duration.ZERO);
  }
}
