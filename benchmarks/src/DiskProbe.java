import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// Forces a page of a file of its own to the disk again and again, beside whatever is measured:
/// where the disk itself stands still, this does too.
final class DiskProbe {
  private static final int PAGE_BYTES = 4096;
  private static final Duration REST = Duration.ofMillis(20);

  private final Latencies latencies = new Latencies();
  private final Thread thread;
  private volatile boolean ended;

  /// @param file which it makes, beside that of the service
  DiskProbe(Path file) {
    thread = Thread.ofPlatform().daemon().start(() -> run(file));
  }

  /// Ends it.
  Latencies end() throws InterruptedException {
    ended = true;
    thread.join();
    return latencies;
  }

  private void run(Path file) {
    var page = ByteBuffer.allocateDirect(PAGE_BYTES);
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (!ended) {
        long begin = System.nanoTime();
        page.clear();
        channel.write(page, 0);
        channel.force(false);
        latencies.add(System.nanoTime() - begin);
        Thread.sleep(REST);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("the disk could not be probed", e);
    }
  }
}
