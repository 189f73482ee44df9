package dev.reprise.server.query;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Whose turn it is where only little can go on at once.
///
/// - Shape: first come, first served; but nobody has more than half of the places, so that others
///   never wait for all that one has asked for.
/// - Limits: as many wait as there are connections, each with a patience of its own.
final class Turns<K> {
  private final int share;
  private final Lock lock = new ReentrantLock();
  private final Map<K, Integer> taken = new HashMap<>();
  private final Deque<Waiter<K>> waiting = new ArrayDeque<>();
  private int free;

  private static final class Waiter<K> {
    private final K who;
    private final Condition called;
    private boolean hasPlace;

    private Waiter(K who, Condition called) {
      this.who = who;
      this.called = called;
    }
  }

  Turns(int places) {
    this.free = places;
    this.share = Math.max(1, places / 2);
  }

  /// Waits for a place, to be left again with [#leave].
  ///
  /// @return how much of the patience is left; zero, and no place, if none came free meanwhile
  Duration take(K who, Duration patience) throws InterruptedException {
    lock.lock();
    try {
      var waiter = new Waiter<>(who, lock.newCondition());
      waiting.add(waiter);
      callNext();
      long nanos = patience.toNanos();
      try {
        while (!waiter.hasPlace && nanos > 0) {
          nanos = waiter.called.awaitNanos(nanos);
        }
      } catch (InterruptedException e) {
        giveUp(waiter);
        throw e;
      }
      if (waiter.hasPlace && nanos <= 0) {
        giveUp(waiter);
      }
      if (!waiter.hasPlace) {
        waiting.remove(waiter);
      }
      return Duration.ofNanos(Math.max(0, nanos));
    } finally {
      lock.unlock();
    }
  }

  /// Gives a place back.
  void leave(K who) {
    lock.lock();
    try {
      free++;
      taken.computeIfPresent(who, (key, places) -> places == 1 ? null : places - 1);
      callNext();
    } finally {
      lock.unlock();
    }
  }

  private void giveUp(Waiter<K> waiter) {
    waiting.remove(waiter);
    if (waiter.hasPlace) {
      leave(waiter.who);
    }
  }

  private void callNext() {
    Iterator<Waiter<K>> next = waiting.iterator();
    while (free > 0 && next.hasNext()) {
      Waiter<K> waiter = next.next();
      if (taken.getOrDefault(waiter.who, 0) < share) {
        next.remove();
        free--;
        taken.merge(waiter.who, 1, Integer::sum);
        waiter.hasPlace = true;
        waiter.called.signal();
      }
    }
  }
}
