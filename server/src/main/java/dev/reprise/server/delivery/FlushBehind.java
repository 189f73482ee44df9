package dev.reprise.server.delivery;

import dev.reprise.server.file.PageCache;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Has a file written to the disk piece by piece while it grows, so that little is left to force at
/// its end. Of a large one it forces all but the end, and gives back the memory that the system
/// keeps it in: a file of many GB would push out of it what others need, the store before all.
///
/// - Limits: a file of less than a piece is left alone, and one that is not large stays in memory;
///   it is likely to be fetched at once.
final class FlushBehind implements AutoCloseable {
  private static final long PIECE_BYTES = 8 << 20;

  /// From so many on a file is large.
  private static final long LARGE_PIECES = 8;

  /// So many are forced at a time, and given back.
  private static final long FORCED_PIECES = 4;

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
    if (whole == told) {
      return;
    }
    pieces.release((int) (whole - told));
    told = whole;
    if (thread == null) {
      thread = Thread.ofPlatform().daemon().name("flusher").start(this::run);
    }
  }

  private void run() {
    long begun = 0;
    long forced = 0;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      while (true) {
        pieces.acquire();
        int more = 1 + pieces.drainPermits();
        if (ended) {
          return;
        }
        PageCache.beginToWrite(path, begun * PIECE_BYTES, more * PIECE_BYTES);
        begun += more;
        if (begun >= LARGE_PIECES && begun - forced >= FORCED_PIECES) {
          channel.force(false);
          PageCache.forget(path, forced * PIECE_BYTES, (begun - forced) * PIECE_BYTES);
          forced = begun;
        }
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
