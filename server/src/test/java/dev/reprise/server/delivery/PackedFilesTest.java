package dev.reprise.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.delivery.ResultStore.Packed;
import dev.reprise.server.delivery.ResultStore.Staged;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedFilesTest {
  private static final String KEY = "0198c2a4-7f10-7000-8000-0123456789ab.csv";
  private static final String LINES = "Id,Name\n" + "1,Ada\n2,Grace\n".repeat(200_000);

  @TempDir private Path folder;
  private LocalResultStore store;

  @BeforeEach
  void open() {
    store = new LocalResultStore(folder.resolve("results"), folder.resolve("temp"));
  }

  @Test
  void aFileIsPackedOnceAndKept() throws Exception {
    publish(LINES);
    byte[] first = packed();
    assertThat(unpacked(first)).isEqualTo(LINES);
    awaitKept();
    try (Packed again = store.packed(KEY).orElseThrow()) {
      assertThat(again.bytes()).hasValue(first.length);
      assertThat(again.stream().readAllBytes()).isEqualTo(first);
    }
    assertThat(files("results")).hasSize(2);
  }

  @Test
  void manyWhoAskAtOnceReadTheSameBytes() throws Exception {
    publish(LINES);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<byte[]>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(callers.submit(this::packed));
      }
      byte[] first = answers.getFirst().get();
      assertThat(unpacked(first)).isEqualTo(LINES);
      for (Future<byte[]> answer : answers) {
        assertThat(answer.get()).isEqualTo(first);
      }
    }
    awaitKept();
    assertThat(files("results")).hasSize(2);
  }

  @Test
  void whatIsPackedGoesWithItsFile() throws Exception {
    publish("a\n1\n");
    packed();
    awaitKept();
    assertThat(store.delete(KEY)).isTrue();
    assertThat(files("results")).isEmpty();
    assertThat(store.packed(KEY)).isEmpty();
  }

  @Test
  void aFileDeletedWhileItIsPackedIsReadToItsEndAndLeavesNothing() throws Exception {
    publish(LINES);
    try (Packed packed = store.packed(KEY).orElseThrow()) {
      store.delete(KEY);
      assertThat(unpacked(packed.stream().readAllBytes())).isEqualTo(LINES);
    }
    awaitNothingIn("temp");
    assertThat(files("results")).isEmpty();
  }

  @Test
  void aFileThatTakesThePlaceOfAnotherIsPackedAnew() throws Exception {
    publish("a\n1\n");
    packed();
    awaitKept();
    publish("a\n2\n");
    assertThat(unpacked(packed())).isEqualTo("a\n2\n");
  }

  @Test
  void anEmptyFileCanBePacked() throws Exception {
    publish("a\n");
    assertThat(unpacked(packed())).isEqualTo("a\n");
  }

  private void publish(String text) throws Exception {
    try (Staged staged = store.stage(KEY)) {
      Files.writeString(staged.path(), text);
      store.publish(staged, KEY, text.lines().count() - 1);
    }
  }

  private byte[] packed() throws Exception {
    try (Packed packed = store.packed(KEY).orElseThrow()) {
      return packed.stream().readAllBytes();
    }
  }

  private static String unpacked(byte[] bytes) throws Exception {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// The end of the packing comes a moment after the last byte.
  private void awaitKept() throws Exception {
    awaitNothingIn("temp");
    try (Packed packed = store.packed(KEY).orElseThrow()) {
      assertThat(packed.bytes()).isPresent();
    }
  }

  private void awaitNothingIn(String name) {
    String[] left = folder.resolve(name).toFile().list();
    while (left == null || left.length > 0) {
      Thread.onSpinWait();
      left = folder.resolve(name).toFile().list();
    }
  }

  private List<Path> files(String name) throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve(name))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
