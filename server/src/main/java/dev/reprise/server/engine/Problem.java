package dev.reprise.server.engine;

/// Why a query did not come to its end.
public enum Problem {
  OUT_OF_MEMORY("The query needs more memory than one execution may use"),
  SPILL_FULL("The query needs more temporary space than one execution may use"),
  DISK_FULL("The disk for results is full"),
  CANCELLED("The execution was cancelled"),
  TIMED_OUT("The query took longer than an execution may"),
  OTHER("The query could not be run");

  private final String words;

  Problem(String words) {
    this.words = words;
  }

  /// What callers are told: no SQL, no paths.
  public String words() {
    return words;
  }
}
