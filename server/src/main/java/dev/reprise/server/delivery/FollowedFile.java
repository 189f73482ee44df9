package dev.reprise.server.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A staged file that is read behind its writer: its lines are counted and its bytes hashed while
/// the rest is still being written, so that little is left to do when the writer has ended.
///
/// A writer with several threads leaves gaps and fills them later. A byte of a gap reads as zero,
/// every other byte is there to stay: nobody writes one twice. So while the writer is at work
/// nothing is read from a zero byte on, even if it is one of the data.
final class FollowedFile implements ResultStore.Staged {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedFile.class);

  /// Small enough to be in a near cache when it is hashed after it was counted.
  private static final int CHUNK_BYTES = 1 << 16;

  private static final Duration REST = Duration.ofMillis(10);

  /// A file that is done sooner is read at its end: a thread would cost more than it saves.
  private static final Duration PATIENCE = Duration.ofMillis(20);

  private final Path path;
  private final MessageDigest digest = sha256();
  private final LineTally tally = new LineTally();
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private final ScheduledFuture<?> beginning;
  private @Nullable Thread follower; // Guarded by this.
  private volatile Written written = Written.NOTHING;
  private volatile @Nullable IOException unforced;
  private volatile boolean ended;
  private long position; // Of the follower until it ends, then of who ended it, like the above.

  /// @param ticks begin to follow in time
  FollowedFile(Path path, ScheduledExecutorService ticks) {
    this.path = path;
    beginning = ticks.schedule(this::begin, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Written written() {
    return written;
  }

  /// Reads what is left of the file, whose writer has ended.
  ///
  /// @return the hash of all its bytes
  String finish() throws IOException {
    end();
    IOException failure = unforced;
    if (failure != null) {
      throw new IOException("the disk failed while the file was written", failure);
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      while (readOn(channel, false)) {
        // Counts and hashes.
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /// Removes the file, unless it has been moved away.
  @Override
  public void close() {
    end();
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("half a result stays at " + path, e);
    }
  }

  private synchronized void begin() {
    if (!ended) {
      follower = Thread.ofPlatform().daemon().name("follower").start(this::follow);
    }
  }

  private void end() {
    beginning.cancel(false);
    Thread begun;
    synchronized (this) {
      ended = true;
      begun = follower;
    }
    if (begun != null) {
      LockSupport.unpark(begun);
      awaitEnd(begun);
    }
  }

  private static void awaitEnd(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // It ends within a read.
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    try {
      while (!ended && Files.notExists(path)) {
        LockSupport.parkNanos(REST.toNanos());
      }
      if (!ended) {
        followWriter();
      }
    } catch (IOException e) {
      // Not lost: whoever finishes reads on from here and meets it again.
      LOG.debug("A staged file cannot be read yet", e);
    }
  }

  private void followWriter() throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        var behind = new FlushBehind(path, e -> unforced = e)) {
      while (!ended) {
        if (!readOn(channel, true)) {
          LockSupport.parkNanos(REST.toNanos());
        }
        behind.settled(position);
      }
    }
  }

  /// Reads a piece, if there is any.
  ///
  /// @param gaps whether there may be some
  private boolean readOn(FileChannel channel, boolean gaps) throws IOException {
    int length = channel.read(ByteBuffer.wrap(chunk), position);
    if (length <= 0) {
      return false;
    }
    int counted = tally.add(chunk, length, gaps);
    digest.update(chunk, 0, counted);
    position += counted;
    written = new Written(Math.max(0, tally.lines() - 1), position);
    return counted == length;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
