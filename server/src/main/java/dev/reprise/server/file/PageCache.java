package dev.reprise.server.file;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the operating system keeps of files in memory.
///
/// - Limits: Linux with 64 bits; elsewhere nothing is done. It is advice: whether it is taken
///   changes how fast others are, and nothing else.
/// - Source: POSIX.1-2017, `posix_fadvise`; Linux, `sync_file_range(2)`.
public final class PageCache {
  private static final Logger LOG = LoggerFactory.getLogger(PageCache.class);
  private static final int READ_ONLY = 0;
  private static final int NOT_NEEDED = 4;
  private static final int BEGIN_TO_WRITE = 2;
  private static final Optional<C> LIBRARY = load();

  private PageCache() {}

  /// Of the C library, by its names.
  private interface C extends Library {
    int open(String path, int flags);

    int posix_fadvise(int file, long from, long length, int advice);

    int sync_file_range(int file, long from, long length, int how);

    int close(int file);
  }

  /// Has the system begin to write a part of a file to the disk, so that less is left to do when
  /// the file is forced. Says nothing of whether it comes there.
  public static void beginToWrite(Path file, long from, long length) {
    advise(
        file, (library, opened) -> library.sync_file_range(opened, from, length, BEGIN_TO_WRITE));
  }

  /// Gives back the memory of a part of a file. What is not on the disk yet stays: force it before.
  public static void forget(Path file, long from, long length) {
    advise(file, (library, opened) -> library.posix_fadvise(opened, from, length, NOT_NEEDED));
  }

  private static void advise(Path file, ObjIntConsumer<C> advice) {
    LIBRARY.ifPresent(library -> {
      int opened = library.open(file.toString(), READ_ONLY);
      if (opened >= 0) { // Else it has just been moved or removed.
        advice.accept(library, opened);
        library.close(opened);
      }
    });
  }

  private static Optional<C> load() {
    if (!Platform.isLinux() || !Platform.is64Bit()) {
      return Optional.empty();
    }
    try {
      if (System.getProperty("jna.tmpdir") == null) { // Else it unpacks into the home of the user.
        System.setProperty("jna.tmpdir", System.getProperty("java.io.tmpdir"));
      }
      return Optional.of(Native.load("c", C.class));
    } catch (LinkageError e) {
      LOG.info("Large result files stay in the memory of the system: {}", e.getMessage());
      return Optional.empty();
    }
  }
}
