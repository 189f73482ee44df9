package dev.reprise.server.metric;

import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// One kind of number, read when it is asked for.
///
/// - Shape: no label holds the id of a user or a tenant, and none that of just any report: there
///   may be a million, and each would be a series of its own for ever.
///
/// @param name as Prometheus has it, a total ends with `_total`
/// @param help one line
public record Metric(String name, Kind kind, String help, Supplier<List<Sample>> samples) {
  /// How a number may move.
  public enum Kind {
    /// Only up, until the service starts again.
    COUNTER,
    /// Up and down.
    GAUGE
  }

  /// A number, and of what if there are several.
  public record Sample(Map<String, String> labels, long value) {
    public Sample {
      labels = Map.copyOf(labels);
    }

    /// One of several numbers that one label tells apart.
    public static Sample of(String label, String what, long value) {
      return new Sample(Map.of(label, what), value);
    }
  }

  /// A number that only grows.
  public static Metric counter(String name, String help, LongSupplier value) {
    return new Metric(name, Kind.COUNTER, help, one(value));
  }

  /// A number that goes up and down.
  public static Metric gauge(String name, String help, LongSupplier value) {
    return new Metric(name, Kind.GAUGE, help, one(value));
  }

  private static Supplier<List<Sample>> one(LongSupplier value) {
    return () -> List.of(new Sample(Map.of(), value.getAsLong()));
  }
}
