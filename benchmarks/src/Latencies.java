import java.util.Arrays;
import java.util.Locale;

/// How long each call took, kept one by one, so that no percentile is a guess.
final class Latencies {
  private long[] nanos = new long[1 << 16];
  private int count;

  void add(long taken) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = taken;
  }

  int count() {
    return count;
  }

  /// Such as `half within 2.1 ms, 99 of 100 within 9.8 ms, all within 31 ms`.
  String words() {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "half within %.1f ms, 99 of 100 within %.1f ms, all within %.0f ms",
        at(sorted, 0.5),
        at(sorted, 0.99),
        at(sorted, 1));
  }

  double percentileMillis(double share) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return at(sorted, share);
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1e6;
  }
}
