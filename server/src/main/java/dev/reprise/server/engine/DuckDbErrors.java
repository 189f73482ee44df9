package dev.reprise.server.engine;

import java.sql.SQLException;

/// Reads the engine's error messages: they come without codes.
final class DuckDbErrors {
  private DuckDbErrors() {}

  static Problem problem(SQLException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("max_temp_directory_size")) {
      return Problem.SPILL_FULL; // Before memory: it is told as a lack of both.
    }
    if (message.startsWith("Out of Memory Error")) {
      return Problem.OUT_OF_MEMORY;
    }
    if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
      return Problem.DISK_FULL;
    }
    return Problem.OTHER;
  }
}
