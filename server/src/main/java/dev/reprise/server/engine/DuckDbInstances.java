package dev.reprise.server.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The instances that no run uses just now.
///
/// Opening one costs more than a small query, and what it has allocated need not be got from the
/// system again, so runs pass them on. One that sorted or grouped for long is closed instead: it
/// may have allocated all that a run may have. So is one that nobody took for a while; the newest
/// is taken first, so that those not needed grow old.
final class DuckDbInstances {
  private static final Duration SHORT = Duration.ofSeconds(1);

  private record Idle(DuckDbInstance instance, long sinceNanos) {}

  private final EngineSettings settings;
  private final LongSupplier nanoTime;
  private final Deque<Idle> idle = new ArrayDeque<>(); // Newest first; guarded by itself.
  private boolean closed; // Guarded by idle.

  DuckDbInstances(EngineSettings settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  /// An instance for one run, which ends with [#giveBack] or with closing it.
  DuckDbInstance take() throws SQLException {
    DuckDbInstance kept = kept();
    if (kept == null) {
      return DuckDbInstance.open(settings);
    }
    boolean upToDate = false;
    try {
      upToDate = kept.isUpToDate(settings);
    } finally {
      if (!upToDate) {
        kept.close();
      }
    }
    return upToDate ? kept : DuckDbInstance.open(settings);
  }

  private @Nullable DuckDbInstance kept() {
    synchronized (idle) {
      Idle newest = idle.pollFirst();
      return newest == null ? null : newest.instance();
    }
  }

  private boolean isOld(long sinceNanos, long now) {
    return now - sinceNanos >= settings.idle().toNanos();
  }

  /// Ends a run that went well.
  ///
  /// @param streamed whether it only handed on rows
  void giveBack(DuckDbInstance instance, boolean streamed, long startNanos) throws SQLException {
    long now = nanoTime.getAsLong();
    if (streamed || now - startNanos <= SHORT.toNanos()) {
      synchronized (idle) {
        if (!closed && !settings.idle().isZero()) {
          idle.addFirst(new Idle(instance, now));
          return;
        }
      }
    }
    instance.close();
  }

  /// Closes those that were idle for too long.
  void closeOld() throws SQLException {
    long now = nanoTime.getAsLong();
    List<DuckDbInstance> old = new ArrayList<>();
    synchronized (idle) {
      while (!idle.isEmpty() && isOld(idle.getLast().sinceNanos(), now)) {
        old.add(idle.removeLast().instance());
      }
    }
    closeAll(old);
  }

  /// Closes all; those that runs still use are closed when they come back.
  void close() throws SQLException {
    List<DuckDbInstance> all;
    synchronized (idle) {
      closed = true;
      all = idle.stream().map(Idle::instance).toList();
      idle.clear();
    }
    closeAll(all);
  }

  int idleCount() {
    synchronized (idle) {
      return idle.size();
    }
  }

  private static void closeAll(List<DuckDbInstance> instances) throws SQLException {
    for (DuckDbInstance instance : instances) {
      instance.close();
    }
  }
}
