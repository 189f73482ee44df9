package dev.reprise.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When the keys of a folder are read again.
class LinkKeysTest {
  @TempDir private Path folder;
  private long nanos;

  @Test
  void aKeyThatWasRemovedSignsForAMinuteAtMost() throws Exception {
    LinkKeys keys = keys();
    SecretKeySpec removed = keys.signing();
    Files.delete(onlyFile());
    pass(Duration.ofMinutes(1));
    assertThat(keys.signing()).isEqualTo(removed);
    pass(Duration.ofNanos(1));
    assertThat(keys.signing()).isNotEqualTo(removed);
    assertThat(keys.believed()).doesNotContain(removed);
  }

  @Test
  void aKeyThatAnotherServiceMadeIsFoundForALinkThatNoneHasSigned() throws Exception {
    LinkKeys keys = keys();
    Files.delete(onlyFile());
    SecretKeySpec others = keys().signing();
    assertThat(keys.believed()).doesNotContain(others);
    pass(Duration.ofSeconds(1));
    assertThat(keys.believedNow())
        .isEmpty(); // A flood of bad links reads the folder once a second.
    pass(Duration.ofNanos(1));
    assertThat(keys.believedNow()).containsExactly(others);
    assertThat(keys.signing()).isEqualTo(others);
  }

  private LinkKeys keys() {
    var now = InstantSource.fixed(Instant.parse("2026-01-05T06:00:00Z"));
    return new LinkKeys(folder, "HmacSHA256", now, () -> nanos);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private Path onlyFile() throws Exception {
    try (var files = Files.list(folder)) {
      return files.toList().getFirst();
    }
  }
}
