package dev.reprise.server.delivery;

import dev.reprise.server.file.Durable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Results packed by gzip, each made once, at the first request, and kept beside its file.
///
/// - Limits: two files at a time; requests for more wait. Whoever comes while one is made reads
///   along, so that nobody waits for its end. A packed file goes with its file.
final class PackedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(PackedFiles.class);
  private static final int AT_ONCE = 2;

  private final Path staging;
  private final Map<Path, Packing> underWay = new HashMap<>(); // Guarded by this.
  private final ExecutorService packers =
      Executors.newFixedThreadPool(
          AT_ONCE, Thread.ofPlatform().daemon().name("packer-", 1).factory());

  PackedFiles(Path staging) {
    this.staging = staging;
  }

  /// A file, packed; empty if there is no such file.
  synchronized Optional<ResultStore.Packed> open(Path file) throws IOException {
    try {
      FileChannel channel = FileChannel.open(packed(file), StandardOpenOption.READ);
      return Optional.of(
          new Opened(Channels.newInputStream(channel), OptionalLong.of(channel.size())));
    } catch (NoSuchFileException e) {
      LOG.trace("{} is not packed yet", file);
    }
    try {
      Packing packing = underWay.get(file);
      if (packing == null) {
        packing = new Packing(file, staging.resolve(UUID.randomUUID() + ".gz.part"));
        underWay.put(file, packing);
        Packing begun = packing;
        packers.execute(() -> pack(file, begun));
      }
      return Optional.of(new Opened(packing.read(), OptionalLong.empty()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// Forgets what is packed of a file that is removed or replaced; who reads it reads on.
  synchronized void drop(Path file) throws IOException {
    underWay.remove(file);
    Files.deleteIfExists(packed(file));
  }

  private void pack(Path file, Packing packing) {
    boolean whole = packing.run(() -> keep(file, packing));
    if (!whole) {
      LOG.warn("{} could not be packed", file.getFileName());
    }
    forget(file, packing);
  }

  /// Unless the file was removed or replaced meanwhile.
  private synchronized void keep(Path file, Packing packing) {
    if (underWay.get(file) == packing) {
      try {
        Durable.moveForced(packing.part(), packed(file));
      } catch (IOException e) {
        LOG.warn("What is packed of {} cannot be kept", file.getFileName(), e);
      }
    }
  }

  private synchronized void forget(Path file, Packing packing) {
    underWay.remove(file, packing);
    try {
      Files.deleteIfExists(packing.part());
    } catch (IOException e) {
      LOG.warn("What is packed of {} stays until the next start", file.getFileName(), e);
    }
  }

  private static Path packed(Path file) {
    return file.resolveSibling(file.getFileName() + ".gz");
  }

  private record Opened(InputStream stream, OptionalLong bytes) implements ResultStore.Packed {
    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
