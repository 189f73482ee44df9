package dev.reprise.server.wire;

import java.util.List;
import java.util.function.Function;

/// A part of a list.
///
/// @param total how many records the whole list has
public record Page<T>(List<T> records, int total) {
  public Page {
    records = List.copyOf(records);
  }

  /// A list that is whole.
  public static <T> Page<T> of(List<T> records) {
    return new Page<>(records, records.size());
  }

  /// The same part, of other records.
  public <S> Page<S> map(Function<T, S> each) {
    return new Page<>(records.stream().map(each).toList(), total);
  }

  /// Which part of a list is asked for.
  ///
  /// @param skip how many records come before it
  public record Part(int skip, int limit) {}
}
