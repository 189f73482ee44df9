package dev.reprise.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.server.delivery.ResultStore.Staged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalResultStoreTest {
  private static final String KEY = "0198c2a4-7f10-7000-8000-0123456789ab.csv";

  @TempDir private Path folder;
  private Path results;
  private Path staging;
  private LocalResultStore store;

  @BeforeEach
  void open() {
    results = folder.resolve("results");
    staging = folder.resolve("temp");
    store = new LocalResultStore(results, staging);
  }

  @Test
  void aPublishedFileIsThereWithItsProof() throws Exception {
    ResultFile file = publish("a\n1\n");
    assertThat(file)
        .isEqualTo(
            new ResultFile(
                KEY, 4, 1, "309b0e45a73d3fc5325e2b6ed0a01ef8b9cde6b05a5633c1f893f970d52bfddc"));
    assertThat(text()).isEqualTo("a\n1\n");
    assertThat(files(staging)).isEmpty();
  }

  @Test
  void aStagedFileIsVisibleUnderNoKey() throws Exception {
    Files.writeString(store.stage(KEY).path(), "a\n");
    assertThat(store.open(KEY)).isEmpty();
    assertThat(files(results)).isEmpty();
  }

  @Test
  void twoRunsOfOneExecutionWriteToDifferentFiles() {
    assertThat(store.stage(KEY).path()).isNotEqualTo(store.stage(KEY).path());
  }

  @Test
  void aSecondFileTakesThePlaceOfTheFirstWhileThatIsStillRead() throws Exception {
    publish("first\n");
    try (ResultStore.Stored first = store.open(KEY).orElseThrow()) {
      publish("second\n");
      assertThat(first.from(0).readAllBytes()).asString().isEqualTo("first\n");
    }
    assertThat(text()).isEqualTo("second\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\n1\n", "a\n1\n2\n3\n", "a\n1\n\"2\n\"", "a\n1\n2"})
  void aFileWithOtherRowsThanWereWrittenIsNotPublished(String text) throws Exception {
    try (Staged staged = store.stage(KEY)) {
      Files.writeString(staged.path(), text);
      assertThatThrownBy(() -> store.publish(staged, KEY, 2))
          .isInstanceOf(IncompleteException.class)
          .hasMessageEndingWith("and should have 2 rows");
    }
    assertThat(store.open(KEY)).isEmpty();
    assertThat(files(staging)).isEmpty();
  }

  @Test
  void aDeletedFileIsGoneOnceAndStaysReadableForWhoHasItOpen() throws Exception {
    publish("a\n");
    try (ResultStore.Stored open = store.open(KEY).orElseThrow()) {
      assertThat(store.delete(KEY)).isTrue();
      assertThat(open.from(0).readAllBytes()).asString().isEqualTo("a\n");
    }
    assertThat(store.open(KEY)).isEmpty();
    assertThat(store.delete(KEY)).isFalse();
  }

  @Test
  void aStartRemovesWhatWasStagedAndKeepsResults() throws Exception {
    publish("a\n");
    Files.writeString(store.stage(KEY).path(), "half");
    store = new LocalResultStore(results, staging);
    assertThat(files(staging)).isEmpty();
    assertThat(text()).isEqualTo("a\n");
  }

  @Test
  void nothingIsVisibleWhenPublishingFails() throws Exception {
    Staged staged = store.stage(KEY);
    Files.writeString(staged.path(), "a\n1\n");
    Files.writeString(results.resolve("ab"), "a file where the folder should be");
    assertThatThrownBy(() -> store.publish(staged, KEY, 1))
        .isInstanceOf(UncheckedIOException.class);
    Files.delete(results.resolve("ab"));
    assertThat(store.open(KEY)).isEmpty();
    assertThat(store.publish(staged, KEY, 1).bytes()).isEqualTo(4);
  }

  @Test
  void onlyStagedFilesArePublished() throws Exception {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "a\n");
    try (var ticks = Executors.newSingleThreadScheduledExecutor();
        var staged = new FollowedFile(elsewhere, ticks)) {
      assertThatThrownBy(() -> store.publish(staged, KEY, 0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(elsewhere).exists();
    }
    assertThat(elsewhere).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x.csv",
        "../../../../../../../../../etc/passwd.csv",
        "0198c2a4-7f10-7000-8000-0123456789ab",
        "0198c2a4-7f10-7000-8000-0123456789ab.txt",
        "0198C2A4-7f10-7000-8000-0123456789ab.csv",
        "0198c2a4-7f10-7000-8000-0123456789ab.csv\n",
        "0198c2a4-7f10-7000-8000-0123456789/b.csv"
      })
  void otherTextIsNoKey(String key) {
    assertThatThrownBy(() -> store.open(key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.stage(key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.delete(key)).isInstanceOf(IllegalArgumentException.class);
  }

  private ResultFile publish(String text) throws IOException {
    try (Staged staged = store.stage(KEY)) {
      Files.writeString(staged.path(), text);
      return store.publish(staged, KEY, text.lines().count() - 1);
    }
  }

  private String text() throws IOException {
    try (ResultStore.Stored stored = store.open(KEY).orElseThrow()) {
      return new String(stored.from(0).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
