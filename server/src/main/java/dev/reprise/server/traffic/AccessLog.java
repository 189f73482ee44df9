package dev.reprise.server.traffic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line for each request that was answered, written by a thread of its own: an answer never
/// waits for it.
///
/// - Limits: 16,384 entries wait at most. What comes while they do, or cannot be written, is
///   dropped and counted; the log says how many as soon as it can.
public final class AccessLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final int LONGEST_QUEUE = 1 << 14;
  private static final int BATCH = 1 << 10;

  /// How long lines are collected for one write.
  private static final long COLLECT_NANOS = 20_000_000;

  private final LineSink sink;
  private final ConcurrentLinkedQueue<AccessEntry> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread = new Thread(this::run, "access-log");
  private volatile boolean asleep;
  private volatile boolean open = true;
  private boolean failing;

  AccessLog(LineSink sink) {
    this.sink = sink;
    thread.setDaemon(true); // A sink that hangs must not keep the process alive.
    thread.start();
  }

  /// Opens the log of a target that is not [AccessTarget.Off].
  ///
  /// @throws IOException if it cannot be written to
  public static AccessLog open(AccessTarget target) throws IOException {
    return new AccessLog(LineSink.of(target));
  }

  /// Takes an entry to be written soon.
  public void add(AccessEntry entry) {
    if (waiting.incrementAndGet() > LONGEST_QUEUE) {
      waiting.decrementAndGet();
      dropped.incrementAndGet();
      return;
    }
    queue.add(entry);
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  /// Writes what waits, for some seconds at most.
  @Override
  public void close() {
    open = false;
    LockSupport.unpark(thread);
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (open) {
      awaitEntries();
      if (open) {
        LockSupport.parkNanos(COLLECT_NANOS);
      }
      writeAll();
    }
    writeAll(); // Who closes at once may do so before this thread has begun.
  }

  private void awaitEntries() {
    asleep = true;
    while (open && queue.isEmpty()) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  private void writeAll() {
    StringBuilder lines = new StringBuilder();
    while (!queue.isEmpty() || (dropped.get() > 0 && !failing)) {
      long missing = dropped.getAndSet(0);
      if (missing > 0) {
        lines.append("{\"dropped\":").append(missing).append("}\n");
      }
      int count = 0;
      for (AccessEntry entry = queue.poll(); entry != null; entry = queue.poll()) {
        lines.append(entry.line());
        waiting.decrementAndGet();
        if (++count == BATCH) {
          break;
        }
      }
      write(lines.toString(), count, missing);
      lines.setLength(0);
    }
  }

  private void write(String lines, int count, long missing) {
    try {
      sink.write(lines.getBytes(StandardCharsets.US_ASCII));
      if (failing || missing > 0) {
        LOG.warn("The access log goes on; {} of its lines were dropped", missing);
      }
      failing = false;
    } catch (IOException e) {
      dropped.addAndGet(count + missing);
      if (!failing) {
        LOG.warn("The access log cannot be written, lines are dropped: {}", e.getMessage());
      }
      failing = true;
    }
  }
}
