package dev.reprise.server.traffic;

import java.nio.file.Path;

/// Where the access log goes.
public sealed interface AccessTarget {
  /// Nowhere: there is none.
  record Off() implements AccessTarget {}

  /// To the standard output.
  record Stdout() implements AccessTarget {}

  /// To the standard error output, where the service's own log goes too.
  record Stderr() implements AccessTarget {}

  /// To the end of a file.
  record ToFile(Path file) implements AccessTarget {}
}
