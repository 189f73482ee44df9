package dev.reprise.server.delivery;

import dev.reprise.server.file.PageCache;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Forces a large file to the disk piece by piece while it is being written, so that little is left
/// to force at its end, and gives back the memory that the system keeps it in: a file of many GB
/// would push out of it what others need, the store before all.
///
/// - Limits: a file of less than two pieces is left alone; it is likely to be fetched at once.
final class FlushBehind implements AutoCloseable {
  private static final long PIECE_BYTES = 32 << 20;

  private final Path path;
  private final Consumer<IOException> unforced;
  private final Semaphore pieces = new Semaphore(0);
  private long told; // Pieces; of who follows the file.
  private @Nullable Thread thread; // Of who follows the file.
  private volatile boolean ended;

  /// @param unforced told if the disk fails: the system tells a failure once only, so that whoever
  ///   forces the file later would not hear of it
  FlushBehind(Path path, Consumer<IOException> unforced) {
    this.path = path;
    this.unforced = unforced;
  }

  /// Says how much of the file, from its beginning, nobody will write to any more.
  void settled(long bytes) {
    long whole = bytes / PIECE_BYTES;
    if (whole < 2 || whole == told) {
      return;
    }
    pieces.release((int) (whole - told));
    told = whole;
    if (thread == null) {
      thread = Thread.ofPlatform().daemon().name("flusher").start(this::run);
    }
  }

  private void run() {
    long done = 0;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      while (true) {
        pieces.acquire();
        int more = 1 + pieces.drainPermits();
        if (ended) {
          return;
        }
        channel.force(false);
        PageCache.forget(path, done * PIECE_BYTES, more * PIECE_BYTES);
        done += more;
      }
    } catch (IOException e) {
      unforced.accept(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Returns when nothing is being forced any more, whatever is left.
  @Override
  public void close() {
    ended = true;
    pieces.release();
    if (thread != null) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
