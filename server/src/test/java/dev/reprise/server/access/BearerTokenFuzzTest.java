package dev.reprise.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Cases;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BearerTokenFuzzTest {
  @Test
  void everyHeaderHasATokenOfItsOwnOrNone() {
    Cases.each(
        4000,
        cases -> {
          String header = cases.changed("Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln");
          String ticket = cases.below(2) == 0 ? header : "ticket";
          BearerToken.of(Optional.of(header), Optional.empty())
              .ifPresent(token -> {
                assertThat(header).contains(token);
                assertThat(token).isNotBlank().isEqualTo(token.strip());
              });
          BearerToken.of(Optional.empty(), Optional.of(ticket))
              .ifPresent(token -> assertThat(ticket).contains(token));
        });
  }
}
