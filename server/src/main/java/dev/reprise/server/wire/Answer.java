package dev.reprise.server.wire;

import java.util.List;
import java.util.Optional;

/// What a call answers when it goes well.
///
/// @param value the records, each a list of fields
/// @param next where the records after these are; empty when there are none
/// @param total how many records match in all, in this answer or not
/// @param redacted whether values were withheld from the caller
public record Answer(
    List<List<Field>> value, Optional<String> next, long total, String message, boolean redacted) {
  public Answer {
    value = List.copyOf(value);
  }

  public static Answer of(List<List<Field>> value, String message) {
    return new Answer(value, Optional.empty(), value.size(), message, false);
  }

  public static Answer one(List<Field> value, String message) {
    return of(List.of(value), message);
  }

  /// The same, saying that values were withheld.
  public Answer redactedIf(boolean withheld) {
    return new Answer(value, next, total, message, withheld);
  }
}
