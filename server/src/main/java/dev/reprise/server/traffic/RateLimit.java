package dev.reprise.server.traffic;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// How many requests each of many may make: a whole allowance at once, which comes back evenly.
///
/// - Shape: of each one only the time is kept at which its allowance will be whole again; a request
///   moves it one step ahead, by compare and set.
/// - Limits: remembers at most the number given, in two generations as `VerifiedTokens` does. Who
///   is forgotten starts afresh, so the number should exceed those that are active within one
///   window.
/// - Source: the generic cell rate algorithm, ITU-T I.371 appendix I.
public final class RateLimit<K> {
  /// How many requests in which time; no limit if there are none.
  public record Rule(int requests, Duration window) {
    public boolean isOn() {
      return requests > 0;
    }
  }

  /// What became of one request.
  ///
  /// @param remaining how many more could be made at once
  /// @param retryAfter how long until one is allowed; zero when this one was
  public record Verdict(boolean allowed, int remaining, Duration retryAfter) {}

  private record Generations<K>(Map<K, AtomicLong> young, Map<K, AtomicLong> old) {}

  private final long stepNanos;
  private final long wholeNanos;
  private final int generationLimit;
  private final LongSupplier nanoTime;
  private volatile Generations<K> generations = fresh(Map.of());

  /// A limit of which nobody has used anything yet.
  ///
  /// @param nanoTime how real time passes, as [System#nanoTime] says; whatever clock reports go by,
  ///   a flood comes in real time
  public RateLimit(Rule rule, int remembered, LongSupplier nanoTime) {
    if (!rule.isOn() || remembered < 2) {
      throw new IllegalArgumentException(rule + " for " + remembered);
    }
    this.stepNanos = Math.max(1, rule.window().toNanos() / rule.requests());
    this.wholeNanos = stepNanos * rule.requests();
    this.generationLimit = remembered / 2;
    this.nanoTime = nanoTime;
  }

  /// Counts a request against the allowance of one. A request that is refused costs nothing.
  public Verdict take(K who) {
    long now = nanoTime.getAsLong();
    AtomicLong wholeAt = find(who, now);
    while (true) {
      long before = wholeAt.get();
      long spent = Math.max(0, before - now) + stepNanos; // A difference: nanoTime may overflow.
      if (spent > wholeNanos) {
        return new Verdict(false, 0, Duration.ofNanos(spent - wholeNanos));
      }
      if (wholeAt.compareAndSet(before, now + spent)) {
        return new Verdict(true, (int) ((wholeNanos - spent) / stepNanos), Duration.ZERO);
      }
    }
  }

  int size() {
    Generations<K> both = generations;
    return both.young().size() + both.old().size();
  }

  private AtomicLong find(K who, long now) {
    Generations<K> both = generations;
    AtomicLong young = both.young().get(who);
    return young == null ? remember(who, now) : young;
  }

  private synchronized AtomicLong remember(K who, long now) {
    if (generations.young().size() >= generationLimit) {
      generations = fresh(generations.young());
    }
    Generations<K> both = generations;
    return both.young()
        .computeIfAbsent(
            who,
            key -> {
              AtomicLong old = both.old().get(key);
              return old == null ? new AtomicLong(now) : old;
            });
  }

  private static <K> Generations<K> fresh(Map<K, AtomicLong> old) {
    return new Generations<>(new ConcurrentHashMap<>(), old);
  }
}
