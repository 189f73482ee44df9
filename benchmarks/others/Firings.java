import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// Jobs that do nothing but say that they ran, all due at the same instant.
public final class Firings {
  /// How long there is to give a scheduler its jobs, before they are due.
  private static final Duration LEAD = Duration.ofSeconds(20);

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static AtomicIntegerArray fired;
  private static volatile Instant last = Instant.MAX;

  private Firings() {}

  /// @return when all are due
  static Instant prepare(int jobs) {
    fired = new AtomicIntegerArray(jobs);
    return Instant.now().plus(LEAD);
  }

  /// What each job does.
  public static void fire(int job) {
    fired.incrementAndGet(job);
    last = Instant.now();
  }

  /// Waits for all and prints how long they took, and how many ran more than once.
  static void print(String scheduler, Instant due) throws InterruptedException {
    int jobs = fired.length();
    if (Instant.now().isAfter(due)) {
      throw new IllegalStateException(jobs + " jobs could not be given within " + LEAD);
    }
    int ran = 0;
    int twice = 0;
    while (ran < jobs) {
      if (Instant.now().isAfter(due.plus(PATIENCE))) {
        throw new IllegalStateException("only " + ran + " ran within " + PATIENCE);
      }
      Thread.sleep(10);
      ran = 0;
      twice = 0;
      for (int i = 0; i < jobs; i++) {
        ran += Math.min(1, fired.get(i));
        twice += fired.get(i) > 1 ? 1 : 0;
      }
    }
    double seconds = Duration.between(due, last).toMillis() / 1e3;
    System.out.printf(
        "  %-44s %12s  %22s  %s%n",
        scheduler + ", PostgreSQL",
        String.format(Locale.ROOT, "%.1f s", seconds),
        "",
        String.format(Locale.ROOT, "%,.0f/s, started twice: %d", jobs / seconds, twice));
  }
}
