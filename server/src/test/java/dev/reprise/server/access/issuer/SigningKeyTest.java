package dev.reprise.server.access.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
  @TempDir Path folder;

  @Test
  void theKeyIsTheSameAfterARestart() {
    SigningKey first = SigningKey.in(folder.resolve("keys"));
    SigningKey again = SigningKey.in(folder.resolve("keys"));
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.publicKey()).isEqualTo(first.publicKey());
    assertThat(first.publicKey().getModulus().bitLength()).isEqualTo(2048);
  }

  @Test
  void onlyItsOwnerMayReadTheFileAndNothingElseIsLeftBehind() throws IOException {
    SigningKey.in(folder);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .singleElement()
          .satisfies(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void aKeyIsKnownByItsIdOnly() {
    SigningKey key = SigningKey.in(folder);
    assertThat(key.key(key.id())).contains(key.publicKey());
    assertThat(key.key("another")).isEmpty();
  }

  @Test
  void aDamagedFileIsReportedAndNotReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("token-signing.der"), "not a key");
    assertThatThrownBy(() -> SigningKey.in(folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(file.toString());
    assertThat(file).hasContent("not a key");
  }
}
