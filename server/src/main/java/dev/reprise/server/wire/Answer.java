package dev.reprise.server.wire;

import java.util.List;

/// What a call answers when it goes well.
///
/// @param value the records, each a list of fields
/// @param total how many records match in all, on this page or not
/// @param redacted whether values were withheld from the caller
public record Answer(List<List<Field>> value, long total, String message, boolean redacted) {
  public Answer {
    value = List.copyOf(value);
  }

  public static Answer of(List<List<Field>> value, String message) {
    return new Answer(value, value.size(), message, false);
  }

  public static Answer one(List<Field> value, String message) {
    return of(List.of(value), message);
  }

  /// The same, saying that values were withheld.
  public Answer redactedIf(boolean withheld) {
    return new Answer(value, total, message, withheld);
  }
}
