package dev.reprise.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedFileTest {
  private static final byte[] LINE = "1,\"a\nb\",c\n".getBytes(StandardCharsets.UTF_8);

  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();

  @TempDir private Path folder;

  @AfterEach
  void endTicks() {
    ticks.shutdownNow();
  }

  @Test
  void whatIsWrittenIsCountedWhileTheRestIsStillToCome() throws Exception {
    Path path = folder.resolve("a.csv");
    try (var file = new FollowedFile(path, ticks);
        FileChannel writer = open(path)) {
      assertThat(file.written()).isEqualTo(Written.NOTHING);
      writer.write(ByteBuffer.wrap(LINE));
      await(file, new Written(0, 10));
      writer.write(ByteBuffer.wrap(LINE));
      await(file, new Written(1, 20));
      writer.write(ByteBuffer.wrap(LINE, 0, 7));
      assertThat(file.finish())
          .isEqualTo(sha256(LINE, LINE, "1,\"a\nb\"".getBytes(StandardCharsets.UTF_8)));
      assertThat(file.written()).isEqualTo(new Written(1, 27));
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void aGapIsNotReadBeforeItIsFilled() throws Exception {
    Path path = folder.resolve("a.csv");
    try (var file = new FollowedFile(path, ticks);
        FileChannel writer = open(path)) {
      writer.write(ByteBuffer.wrap(LINE), 0);
      writer.write(ByteBuffer.wrap(LINE), 20);
      await(file, new Written(0, 10));
      writer.write(ByteBuffer.wrap(LINE), 10);
      await(file, new Written(2, 30));
      assertThat(file.finish()).isEqualTo(sha256(LINE, LINE, LINE));
    }
  }

  @Test
  void zeroBytesOfTheDataAreReadAtTheEnd() throws Exception {
    Path path = folder.resolve("a.csv");
    byte[] zeros = "a\n\u0000\n\u0000\u0000\n".getBytes(StandardCharsets.UTF_8);
    try (var file = new FollowedFile(path, ticks);
        FileChannel writer = open(path)) {
      writer.write(ByteBuffer.wrap(zeros));
      await(file, new Written(0, 2));
      assertThat(file.finish()).isEqualTo(sha256(zeros));
      assertThat(file.written()).isEqualTo(new Written(2, 7));
    }
  }

  @Test
  void piecesInAnyOrderGiveTheHashOfTheFile() throws Exception {
    var random = new Random(7);
    int piece = 40_000;
    byte[] bytes = new byte[50 * piece];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextInt(10) == 0 ? '\n' : 1 + random.nextInt(255));
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    Path path = folder.resolve("a.csv");
    try (var file = new FollowedFile(path, ticks);
        FileChannel writer = open(path)) {
      for (int at : order) {
        writer.write(ByteBuffer.wrap(bytes, at * piece, piece), (long) at * piece);
        while (at == 0 && file.written().bytes() == 0) {
          Thread.onSpinWait(); // The rest comes while it is being read.
        }
      }
      assertThat(file.finish()).isEqualTo(sha256(bytes));
      assertThat(file.written().bytes()).isEqualTo(bytes.length);
    }
  }

  @Test
  void aFileThatIsNeverWrittenIsNeverFinished() {
    try (var file = new FollowedFile(folder.resolve("a.csv"), ticks)) {
      assertThatThrownBy(file::finish).isInstanceOf(IOException.class);
    }
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static void await(FollowedFile file, Written written) {
    while (!file.written().equals(written)) {
      Thread.onSpinWait();
    }
  }

  private static String sha256(byte[]... parts) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (byte[] part : parts) {
      digest.update(part);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
