package dev.reprise.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {
  private static final Optional<String> NONE = Optional.empty();

  @ParameterizedTest
  @ValueSource(strings = {"Bearer x.y.z", "bearer x.y.z", "BEARER  x.y.z", " bEaReR\tx.y.z "})
  void theSchemeCountsInAnyCasing(String header) {
    assertThat(BearerToken.of(Optional.of(header), NONE)).contains("x.y.z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer  ", "Basic dTpw", "x.y.z", "Bearerx.y.z", "İBearer x"})
  void anotherHeaderIsNoTokenEvenBesideATicket(String header) {
    assertThat(BearerToken.of(Optional.of(header), NONE)).isEmpty();
    assertThat(BearerToken.of(Optional.of(header), Optional.of("x.y.z"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.y.z", "Bearer x.y.z", " bearer x.y.z "})
  void theTicketIsTakenWhenAuthorizationIsAbsentOrEmpty(String ticket) {
    assertThat(BearerToken.of(NONE, Optional.of(ticket))).contains("x.y.z");
    assertThat(BearerToken.of(Optional.of(" "), Optional.of(ticket))).contains("x.y.z");
  }

  @Test
  void authorizationWinsOverTheTicket() {
    assertThat(BearerToken.of(Optional.of("Bearer a"), Optional.of("b"))).contains("a");
  }

  @Test
  void aRequestWithoutEitherHasNoToken() {
    assertThat(BearerToken.of(NONE, NONE)).isEmpty();
    assertThat(BearerToken.of(NONE, Optional.of("  "))).isEmpty();
    assertThat(BearerToken.of(NONE, Optional.of("Bearer "))).isEmpty();
  }
}
