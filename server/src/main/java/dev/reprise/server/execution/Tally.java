package dev.reprise.server.execution;

import java.util.concurrent.atomic.LongAdder;

/// How executions have ended since the service started.
public final class Tally {
  private final LongAdder completed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder retried = new LongAdder();

  void complete() {
    completed.increment();
  }

  /// @param ended whether no further attempt is made
  void fail(boolean ended) {
    (ended ? failed : retried).increment();
  }

  public long completed() {
    return completed.sum();
  }

  public long failed() {
    return failed.sum();
  }

  /// Attempts that failed and are made again.
  public long retried() {
    return retried.sum();
  }
}
