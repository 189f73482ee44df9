package dev.reprise.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.access.VerifiedTokens.Fingerprint;
import dev.reprise.server.access.VerifiedTokens.Signer;
import dev.reprise.server.access.VerifiedTokens.Verified;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {
  private static final Verified ADA =
      new Verified(
          new TokenVerifier.Known(new Caller("contoso", "ada", Set.of()), Instant.EPOCH),
          Instant.MIN,
          Instant.parse("2026-01-05T07:00:00Z"),
          new Signer(MintedTokens.KEYS, MintedTokens.KEY_ID, MintedTokens.publicKey()));

  private final VerifiedTokens tokens = new VerifiedTokens(100);

  @Test
  void aTokenIsFoundByItsOwnTextOnly() {
    tokens.keep(Fingerprint.of("a"), ADA);
    assertThat(tokens.find(Fingerprint.of("a"))).contains(ADA);
    assertThat(tokens.find(Fingerprint.of("b"))).isEmpty();
  }

  @Test
  void neverMoreThanTheLimitAreKept() {
    for (int i = 0; i < 1_000; i++) {
      tokens.keep(Fingerprint.of("token " + i), ADA);
      assertThat(tokens.size()).isLessThanOrEqualTo(100);
    }
    assertThat(tokens.find(Fingerprint.of("token 999"))).contains(ADA);
    assertThat(tokens.find(Fingerprint.of("token 0"))).isEmpty();
  }

  @Test
  void aTokenInUseStaysWhileOthersComeAndGo() {
    tokens.keep(Fingerprint.of("busy"), ADA);
    for (int i = 0; i < 1_000; i++) {
      tokens.keep(Fingerprint.of("token " + i), ADA);
      assertThat(tokens.find(Fingerprint.of("busy"))).contains(ADA);
    }
  }

  @Test
  void aForgottenTokenIsGone() {
    tokens.keep(Fingerprint.of("a"), ADA);
    tokens.forget(Fingerprint.of("a"));
    assertThat(tokens.find(Fingerprint.of("a"))).isEmpty();
    assertThat(tokens.size()).isZero();
  }
}
