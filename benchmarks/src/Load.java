import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Sends requests over many connections from one thread, because it shares the cores with the
/// service that it measures.
final class Load {
  private static final int READ_BYTES = 64 * 1024;
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

  private final Selector selector;
  private final List<Connection> connections = new ArrayList<>();
  private final ByteBuffer shared = ByteBuffer.allocateDirect(READ_BYTES);

  /// @param requests for each connection those that it sends in turn
  Load(int port, List<List<Connection.Request>> requests) throws IOException {
    selector = Selector.open();
    for (List<Connection.Request> own : requests) {
      connections.add(new Connection(port, selector, own));
    }
  }

  /// Every connection sends the next request when it has the answer to the last.
  Latencies atFullSpeed(Duration duration) throws IOException {
    var latencies = new Latencies();
    long begin = System.nanoTime();
    long end = begin + duration.toNanos();
    int[] open = {connections.size()};
    for (Connection connection : connections) {
      connection.send(System.nanoTime());
    }
    while (open[0] > 0) {
      await(
          LONGEST_SILENCE.toMillis(),
          connection -> {
            long now = System.nanoTime();
            latencies.add(now - connection.since);
            if (now < end) {
              connection.send(now);
            } else {
              open[0]--;
            }
          });
    }
    return latencies;
  }

  /// Requests are due at even distances whether or not the service keeps up; one that finds no free
  /// connection waits, and each is timed from when it was due.
  Latencies atRate(int perSecond, Duration duration) throws IOException {
    var latencies = new Latencies();
    Deque<Connection> free = new ArrayDeque<>(connections);
    long all = perSecond * duration.toSeconds();
    double gapNanos = 1e9 / perSecond;
    long begin = System.nanoTime();
    long sent = 0;
    while (latencies.count() < all) {
      long due = Math.min(all, (long) ((System.nanoTime() - begin) / gapNanos) + 1);
      while (sent < due && !free.isEmpty()) {
        free.poll().send(begin + (long) (sent * gapNanos));
        sent++;
      }
      long patience = free.isEmpty() || sent == all ? LONGEST_SILENCE.toMillis() : 1;
      await(
          patience,
          connection -> {
            latencies.add(System.nanoTime() - connection.since);
            free.add(connection);
          });
    }
    return latencies;
  }

  void close() throws IOException {
    for (Connection connection : connections) {
      connection.close();
    }
    selector.close();
  }

  private interface Answered {
    void by(Connection connection) throws IOException;
  }

  /// Waits for answers and takes those that are whole.
  private void await(long patienceMillis, Answered answered) throws IOException {
    if (selector.select(patienceMillis) == 0 && patienceMillis > 1) {
      throw new IOException("the service has not answered for " + LONGEST_SILENCE);
    }
    for (SelectionKey key : selector.selectedKeys()) {
      var connection = (Connection) key.attachment();
      if (connection.receive(shared)) {
        answered.by(connection);
      }
    }
    selector.selectedKeys().clear();
  }
}
