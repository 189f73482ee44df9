package dev.reprise.server.receiver;

import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Closes sockets whose time is over: nothing else ends a read from somebody who sends a byte now
/// and then.
final class Deadlines implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;
  private final Set<Deadline> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Deadlines() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("callback-deadlines").daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /// @param end by [System#nanoTime]
  Deadline at(long end) {
    var deadline = new Deadline(end);
    open.add(deadline);
    return deadline;
  }

  /// Ends all of them now.
  @Override
  public void close() {
    closed = true;
    open.forEach(Deadline::end);
    timer.shutdownNow();
  }

  /// The end of one request.
  final class Deadline implements AutoCloseable {
    private final long end;
    private final @Nullable Future<?> timed;
    private @Nullable Socket socket;
    private boolean over;

    private Deadline(long end) {
      this.end = end;
      this.timed =
          closed ? null : timer.schedule(this::end, end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /// Closes this socket too, once the time is over.
    synchronized void closes(Socket other) throws IOException {
      socket = other;
      if (isOver() || closed) {
        throw new IOException("it is too late to connect");
      }
    }

    synchronized boolean isOver() {
      return over || System.nanoTime() - end >= 0;
    }

    private synchronized void end() {
      over = true;
      if (socket != null) {
        try {
          socket.close();
        } catch (IOException e) {
          return; // It is as good as closed.
        }
      }
    }

    @Override
    public void close() {
      if (timed != null) {
        timed.cancel(false);
      }
      open.remove(this);
    }
  }
}
