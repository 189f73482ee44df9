package dev.reprise.server.callback;

import java.util.concurrent.atomic.LongAdder;

/// How attempts at callbacks have ended since the service started.
public final class CallbackTally {
  private final LongAdder delivered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder gone = new LongAdder();
  private final LongAdder retried = new LongAdder();

  void count(Callback.State state) {
    switch (state) {
      case DELIVERED -> delivered.increment();
      case FAILED -> failed.increment();
      case GONE -> gone.increment();
      case WAITING -> retried.increment();
    }
  }

  public long delivered() {
    return delivered.sum();
  }

  /// Callbacks that were given up.
  public long failed() {
    return failed.sum();
  }

  /// Callbacks of which the receiver wanted no more.
  public long gone() {
    return gone.sum();
  }

  /// Attempts that failed and are made again.
  public long retried() {
    return retried.sum();
  }
}
