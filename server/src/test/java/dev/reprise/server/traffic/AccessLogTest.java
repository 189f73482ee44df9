package dev.reprise.server.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {
  private static final String LINE =
      "{\"time\":\"2026-01-05T06:00:00.000Z\",\"correlationId\":\"%s\",\"caller\":\"contoso/ada\","
          + "\"remote\":\"127.0.0.1\",\"method\":\"GET\",\"path\":\"/health\",\"call\":\"-\","
          + "\"status\":200,\"bytes\":15,\"millis\":1.050}\n";

  @TempDir private Path folder;

  @Test
  void aRequestIsOneLine() {
    assertThat(entry("one").line()).isEqualTo(LINE.formatted("one"));
  }

  @Test
  void whatIsCutShortSaysSo() {
    AccessEntry whole = entry("one");
    AccessEntry cut =
        new AccessEntry(
            whole.time(),
            "one",
            "-",
            "::1",
            "GET",
            "/a",
            "-",
            200,
            7,
            Duration.ofSeconds(3),
            false);
    assertThat(cut.line()).endsWith("\"bytes\":7,\"millis\":3000.000,\"whole\":false}\n");
  }

  @Test
  void aPathCannotForgeALine() {
    AccessEntry whole = entry("one");
    AccessEntry forged =
        new AccessEntry(
            whole.time(),
            "one",
            "-",
            "::1",
            "GET",
            "/\n{\"time\"\u001b\u007f\u0085\u2028ö\\" + "x".repeat(10_000),
            "-",
            404,
            7,
            Duration.ZERO,
            true);
    assertThat(forged.line())
        .contains("\"/\\u000a{\\\"time\\\"\\u001b\\u007f\\u0085\\u2028\\u00f6\\\\xxx")
        .hasSizeLessThan(1_000);
    assertThat(forged.line().lines()).hasSize(1);
  }

  @Test
  void noQueryAndNoNameAndPasswordIsPartOfAPath() {
    assertThat(AccessEntry.pathOf("/a/b?signature=secret")).isEqualTo("/a/b");
    assertThat(AccessEntry.pathOf("/a/b#secret?")).isEqualTo("/a/b");
    assertThat(AccessEntry.pathOf("http://ada:secret@host/a?b")).isEqualTo("/a");
    assertThat(AccessEntry.pathOf("http://ada:secret@host?b")).isEqualTo("/");
    assertThat(AccessEntry.pathOf("/a/http://b/c")).isEqualTo("/a/http://b/c");
  }

  @Test
  void linesGoToTheEndOfAFile() throws Exception {
    Path file = folder.resolve("access.log");
    Files.writeString(file, "before\n");
    try (var log = AccessLog.open(new AccessTarget.ToFile(file))) {
      for (int i = 0; i < 3000; i++) {
        log.add(entry("id-" + i));
      }
    }
    assertThat(Files.readAllLines(file)).hasSize(3001).startsWith("before");
    assertThat(Files.readString(file)).endsWith(LINE.formatted("id-2999"));
  }

  @Test
  void aFileThatIsRenamedIsLeftAndMadeAnew() throws Exception {
    Path file = folder.resolve("access.log");
    Path old = folder.resolve("access.log.1");
    var sink = new LogFile(file);
    sink.write(bytes("one\n"));
    Files.move(file, old);
    sink.write(bytes("two\n"));
    Files.delete(file);
    sink.write(bytes("three\n"));
    assertThat(old).hasContent("one");
    assertThat(file).hasContent("three");
  }

  @Test
  void aFileThatIsEmptiedInPlaceIsGoneOnWith() throws Exception {
    Path file = folder.resolve("access.log");
    var sink = new LogFile(file);
    sink.write(bytes("one\n"));
    Files.writeString(file, "");
    sink.write(bytes("two\n"));
    assertThat(file).hasContent("two");
  }

  @Test
  void aSinkThatHangsKeepsNobodyWaitingAndWhatIsDroppedIsCounted() throws Exception {
    var hangs = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var written = new AtomicReference<>("");
    LineSink sink =
        lines -> {
          hangs.countDown();
          await(goOn);
          written.updateAndGet(text -> text + new String(lines, StandardCharsets.US_ASCII));
        };
    int all = 40_000;
    try (var log = new AccessLog(sink)) {
      log.add(entry("first"));
      hangs.await();
      for (int i = 1; i < all; i++) {
        log.add(entry("more"));
      }
      goOn.countDown();
    }
    long kept = written.get().lines().filter(line -> line.startsWith("{\"time\"")).count();
    long dropped =
        written
            .get()
            .lines()
            .filter(line -> line.startsWith("{\"dropped\""))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .sum();
    assertThat(kept).isBetween(16_384L, 16_385L);
    assertThat(kept + dropped).isEqualTo(all);
  }

  @Test
  void aFullDiskDropsLinesAndTheLogGoesOnWhenThereIsRoom() throws Exception {
    var full = new AtomicBoolean(true);
    var attempts = new Semaphore(0);
    var written = new AtomicReference<>("");
    LineSink sink =
        lines -> {
          try {
            if (full.get()) {
              throw new IOException("No space left on device");
            }
            written.updateAndGet(text -> text + new String(lines, StandardCharsets.US_ASCII));
          } finally {
            attempts.release();
          }
        };
    try (var log = new AccessLog(sink)) {
      log.add(entry("lost"));
      attempts.acquire();
      full.set(false);
      log.add(entry("kept"));
      attempts.acquire();
    }
    assertThat(written.get()).isEqualTo("{\"dropped\":1}\n" + LINE.formatted("kept"));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static AccessEntry entry(String id) {
    return new AccessEntry(
        Instant.parse("2026-01-05T06:00:00Z"),
        id,
        "contoso/ada",
        "127.0.0.1",
        "GET",
        "/health",
        "-",
        200,
        15,
        Duration.ofNanos(1_050_000),
        true);
  }
}
