package dev.reprise.server.store;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The time of the server that keeps the store, which all nodes go by, whatever their own clocks
/// say: what it said last, and what a timer of ours has counted since.
///
/// - Shape: an answer of the server shows between which bounds its time lies ahead of the timer. As
///   long as what was taken to be the difference lies within, nothing is changed; else it becomes
///   the nearer bound. So the time steps no further than it must, and at first is late by no more
///   than the answer was under way: but for the drift of a timer, nobody who has just had a
///   transaction can be ahead of who has the next.
/// - Source: Marzullo, Owicki, "Maintaining the time in a distributed system", PODC 1983.
final class StoreClock implements InstantSource {
  private final LongSupplier timer;
  private boolean known;
  private volatile long aheadMicros;

  /// Knows no time before the first [#heard].
  ///
  /// @param timer counts nanoseconds
  StoreClock(LongSupplier timer) {
    this.timer = timer;
  }

  /// What the timer says, to be given to [#heard].
  long timerNanos() {
    return timer.getAsLong();
  }

  /// Takes note of an answer that came just now.
  ///
  /// @param serverMicros the server's time since 1970, at some instant after it was asked
  /// @param askedNanos what the timer said when it was asked
  synchronized void heard(long serverMicros, long askedNanos) {
    long least = serverMicros - micros(timer.getAsLong());
    long most = serverMicros - micros(askedNanos);
    aheadMicros = known ? Math.clamp(aheadMicros, least, most) : least;
    known = true;
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plus(aheadMicros + micros(timer.getAsLong()), ChronoUnit.MICROS);
  }

  private static long micros(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos);
  }
}
