package dev.reprise.server.loop;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A thread that hands out what is due, again and again, and sleeps until time, a wake-up or the
/// end of something under way may have changed what that is.
///
/// - Limits: it sleeps one second at the longest, so that a step of the clock cannot strand it.
public final class DueLoop {
  /// How long it sleeps when nothing but a wake-up is waited for.
  public static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

  private final Supplier<Sleep> round;
  private final Consumer<Throwable> failed;
  private final Runnable again;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int underWay; // Guarded by the lock, as are the next.
  private boolean woken;
  private long idleAsked;
  private long idleSeen;
  private @Nullable RuntimeException failure; // Since somebody last asked for idleness.
  private boolean open = true;
  private volatile boolean failing;

  /// What a round says at its end.
  ///
  /// @param most how long there is nothing to do, if nobody wakes the loop
  /// @param idle whether nothing was due
  public record Sleep(Duration most, boolean idle) {
    /// Until somebody wakes the loop: what was due is handed out as far as there is room.
    public static Sleep untilWoken() {
      return new Sleep(LONGEST_SLEEP, false);
    }

    /// Only so long: more is due.
    public static Sleep only(Duration time) {
      return new Sleep(time, false);
    }

    /// Nothing is due for so long.
    public static Sleep idle(Duration time) {
      return new Sleep(time, true);
    }
  }

  /// @param name of the thread
  /// @param round hands out what is due; whatever it throws ends the round, not the loop
  /// @param failed hears what it threw, the first time in a row: a full disk fails once a second
  /// @param again hears that a round went well after that
  public DueLoop(String name, Supplier<Sleep> round, Consumer<Throwable> failed, Runnable again) {
    this.round = round;
    this.failed = failed;
    this.again = again;
    this.thread = new Thread(this::run, name);
  }

  public void start() {
    thread.start();
  }

  /// Something may be due now.
  public void wake() {
    locked(this::wakeLocked);
  }

  /// Something that was due is under way from now on, until [#ended].
  public void begun() {
    locked(() -> underWay++);
  }

  /// Something that was under way has ended.
  public void ended() {
    locked(() -> {
      underWay--;
      wakeLocked();
    });
  }

  /// Does something while nothing begins or ends.
  public void locked(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  /// The same with a result.
  public <T> T computed(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /// How much is under way.
  public int underWay() {
    return computed(() -> underWay);
  }

  /// Tells those who wait in [#awaitIdle] why nothing goes on.
  public void fail(RuntimeException why) {
    locked(() -> {
      failure = why;
      changed.signalAll();
    });
  }

  /// Waits until nothing is due and nothing under way.
  ///
  /// @throws RuntimeException what keeps it from that, if anything does
  public void awaitIdle() throws InterruptedException {
    lock.lock();
    try {
      long ticket = ++idleAsked;
      failure = null;
      wakeLocked();
      while (idleSeen < ticket) {
        if (!open) {
          throw new IllegalStateException("the service stops");
        }
        if (failure != null) {
          throw failure;
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  public boolean isAlive() {
    return thread.isAlive();
  }

  /// Whether its last round ended by what it threw.
  public boolean isFailing() {
    return failing;
  }

  /// Ends the thread after its round. What is under way goes on.
  public void stop() throws InterruptedException {
    locked(this::closeLocked);
    thread.join();
  }

  private void run() {
    while (computed(() -> open)) {
      sleep(oneRound());
    }
  }

  private Duration oneRound() {
    long asked =
        computed(() -> {
          woken = false;
          return idleAsked;
        });
    try {
      Sleep sleep = round.get();
      if (failing) {
        failing = false;
        again.run();
      }
      if (sleep.idle()) {
        locked(() -> seenIdle(asked));
      }
      return sleep.most();
    } catch (RuntimeException e) {
      hear(e);
      fail(e);
    } catch (Error e) {
      hear(e);
    }
    return LONGEST_SLEEP;
  }

  private void hear(Throwable why) {
    if (!failing) {
      failed.accept(why);
    }
    failing = true;
  }

  private void seenIdle(long asked) {
    if (underWay == 0 && !woken) {
      idleSeen = asked;
      changed.signalAll();
    }
  }

  private void sleep(Duration most) {
    lock.lock();
    try {
      long nanos = (most.compareTo(LONGEST_SLEEP) < 0 ? most : LONGEST_SLEEP).toNanos();
      while (open && !woken && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      closeLocked();
    } finally {
      lock.unlock();
    }
  }

  private void wakeLocked() {
    woken = true;
    changed.signalAll();
  }

  private void closeLocked() {
    open = false;
    changed.signalAll();
  }
}
