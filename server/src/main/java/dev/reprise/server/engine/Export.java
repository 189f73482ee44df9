package dev.reprise.server.engine;

/// How an export ended.
public sealed interface Export {
  /// All rows are in the file.
  record Done(long rows) implements Export {}

  /// There is no file. The log has the engine's own words.
  record Failed(Problem problem) implements Export {}
}
