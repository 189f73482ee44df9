package dev.reprise.server.loop;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A thread that does something again and again, and rests in between.
public final class RestingLoop implements AutoCloseable {
  private final Duration first;
  private final Supplier<Duration> round;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);

  /// @param name of the thread
  /// @param first how long it rests before the first round
  /// @param round says how long to rest after it; what it throws would end the loop
  public RestingLoop(String name, Duration first, Supplier<Duration> round) {
    this.first = first;
    this.round = round;
    this.thread = new Thread(this::run, name);
  }

  public void start() {
    thread.start();
  }

  /// Whether rounds are still to be made; a long one may ask in its midst.
  public boolean isOpen() {
    return closed.getCount() > 0;
  }

  public boolean isAlive() {
    return thread.isAlive();
  }

  /// Ends the thread after its round.
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      Duration rest = first;
      while (!closed.await(rest.toNanos(), TimeUnit.NANOSECONDS)) {
        rest = round.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
