package dev.reprise.server.delivery;

/// How much of a file is there already.
///
/// @param rows without the header line
public record Written(long rows, long bytes) {
  static final Written NOTHING = new Written(0, 0);
}
