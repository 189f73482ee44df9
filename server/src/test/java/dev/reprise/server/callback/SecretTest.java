package dev.reprise.server.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
  private static final Instant MONDAY = Instant.parse("2026-01-05T06:00:00Z");

  /// The example that libraries of Standard Webhooks test with.
  private static final Secret STANDARD =
      new Secret(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final long TIME = 1614265330;
  private static final String BODY = "{\"test\": 2432232314}";
  private static final String SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  @TempDir private Path keys;

  @Test
  void theSignatureIsThatOfTheStandard() {
    assertThat(STANDARD.text()).isEqualTo("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    assertThat(STANDARD.sign(ID, TIME, BODY)).isEqualTo(SIGNED);
  }

  @Test
  void oneSignatureOfOneSecretIsEnoughAndNothingElseIs() {
    Secret other = STANDARD.derive("x");
    String both = Secret.signatures(List.of(other, STANDARD), ID, TIME, BODY);
    assertThat(both).isEqualTo(other.sign(ID, TIME, BODY) + " " + SIGNED);
    assertThat(Secret.isSigned(List.of(STANDARD), both, ID, TIME, BODY)).isTrue();
    assertThat(Secret.isSigned(List.of(other), both, ID, TIME, BODY)).isTrue();
    assertThat(Secret.isSigned(List.of(STANDARD.derive("y")), both, ID, TIME, BODY)).isFalse();
    assertThat(Secret.isSigned(List.of(STANDARD), both, ID, TIME + 1, BODY)).isFalse();
    assertThat(Secret.isSigned(List.of(STANDARD), both, "msg", TIME, BODY)).isFalse();
    assertThat(Secret.isSigned(List.of(STANDARD), both, ID, TIME, BODY + " ")).isFalse();
    assertThat(Secret.isSigned(List.of(STANDARD), "", ID, TIME, BODY)).isFalse();
  }

  @Test
  void nothingPrintsASecretByMistake() {
    assertThat(STANDARD.toString()).isEqualTo("a secret");
  }

  @Test
  void theKeyIsMadeOnceAndForOneReader() throws Exception {
    var first = Secrets.in(keys).ofTenant("contoso", Optional.empty(), MONDAY);
    var second = Secrets.in(keys).ofTenant("contoso", Optional.empty(), MONDAY);
    assertThat(second.getFirst().secret().text()).isEqualTo(first.getFirst().secret().text());
    Path file = keys.resolve("callbacks.key");
    assertThat(Files.size(file)).isEqualTo(32);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(
            Secrets.in(keys)
                .ofTenant("fabrikam", Optional.empty(), MONDAY)
                .getFirst()
                .secret()
                .text())
        .isNotEqualTo(first.getFirst().secret().text());
  }
}
