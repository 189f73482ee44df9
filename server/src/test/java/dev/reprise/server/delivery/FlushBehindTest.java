package dev.reprise.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/// Large files while they are being written.
@Timeout(60)
class FlushBehindTest {
  private static final String KEY = "00000000-0000-0000-0000-0000000000aa.csv";
  private static final int PIECE = 32 << 20;
  private static final int SMALLEST = 8 << 20; // Of those that are not left alone.
  private static final int PAGE = 4096;

  private interface Memory extends Library {
    int mincore(Pointer start, long length, byte[] pages);
  }

  /// Beside the build: a folder for temporary files may lie in memory.
  @TempDir(factory = InTarget.class)
  private Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatIsWrittenIsGivenBackAndWhatIsReadIsAllOfIt() throws Exception {
    var store = new LocalResultStore(folder.resolve("results"), folder.resolve("staging"));
    byte[] line = ("x".repeat(1023) + "\n").getBytes(StandardCharsets.US_ASCII);
    var digest = MessageDigest.getInstance("SHA-256");
    try (ResultStore.Staged staged = store.stage(KEY)) {
      try (OutputStream out = Files.newOutputStream(staged.path())) {
        for (int i = 0; i < 3 * PIECE / line.length + 7; i++) {
          out.write(line);
          digest.update(line);
        }
        while (resident(staged.path()) > PIECE / PAGE) {
          Thread.onSpinWait();
        }
      }
      ResultFile file = store.publish(staged, KEY, 3 * PIECE / line.length + 6);
      assertThat(file.sha256()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
    }
  }

  @Test
  void whoWritesLearnsThatItCannotBeForced() {
    var failure = new AtomicReference<@Nullable IOException>();
    try (var behind = new FlushBehind(folder.resolve("missing"), failure::set)) {
      behind.settled(SMALLEST - 1);
      assertThat(failure).hasNullValue();
      behind.settled(SMALLEST);
      while (failure.get() == null) {
        Thread.onSpinWait();
      }
    }
    assertThat(failure.get()).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatCouldNotBeForcedIsNotPublished() throws Exception {
    var store = new LocalResultStore(folder.resolve("results"), folder.resolve("staging"));
    byte[] line = ("x".repeat(1023) + "\n").getBytes(StandardCharsets.US_ASCII);
    int lines = 3 * PIECE / line.length;
    try (ResultStore.Staged staged = store.stage(KEY)) {
      try (OutputStream out = Files.newOutputStream(staged.path())) {
        out.write(line);
        awaitRead(staged, line.length);
        Files.delete(staged.path()); // Who follows has it open; who forces finds nothing.
        for (int i = 1; i < lines; i++) {
          out.write(line);
        }
        awaitRead(staged, (long) lines * line.length);
      }
      assertThatThrownBy(() -> store.publish(staged, KEY, lines - 1))
          .hasStackTraceContaining("the disk failed while the file was written");
    }
    assertThat(store.open(KEY)).isEmpty();
  }

  private static void awaitRead(ResultStore.Staged staged, long bytes) {
    while (staged.written().bytes() < bytes) {
      Thread.onSpinWait();
    }
  }

  /// How many of the pages of its first three pieces are in memory.
  private static long resident(Path file) throws Exception {
    try (FileChannel channel = FileChannel.open(file)) {
      MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, 3L * PIECE);
      var pages = new byte[3 * PIECE / PAGE];
      Memory memory = Native.load("c", Memory.class);
      assertThat(memory.mincore(Native.getDirectBufferPointer(mapped), 3L * PIECE, pages)).isZero();
      return IntStream.range(0, pages.length).filter(i -> (pages[i] & 1) == 1).count();
    }
  }

  /// Folders beside the build.
  static final class InTarget implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
        throws IOException {
      return Files.createTempDirectory(Path.of("target"), "flushed");
    }
  }
}
