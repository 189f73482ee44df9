package dev.reprise.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StoreClockTest {
  private static final Instant MONDAY = Instant.parse("2026-01-05T06:00:00Z");

  private long timer = -5_000_000_000L;
  private Instant server = MONDAY;
  private final StoreClock clock = new StoreClock(() -> timer);

  @Test
  void itIsThatOfTheServerAndNeverAhead() {
    ask(Duration.ofMillis(300), Duration.ofMillis(40));
    assertThat(clock.instant()).isEqualTo(server.minusMillis(40));
    pass(Duration.ofHours(3));
    assertThat(clock.instant()).isEqualTo(server.minusMillis(40));
  }

  @Test
  void aQuickerAnswerBringsItNearerAndASlowerOneChangesNothing() {
    ask(Duration.ofMillis(5), Duration.ofMillis(40));
    ask(Duration.ofMillis(5), Duration.ofMillis(2));
    assertThat(clock.instant()).isEqualTo(server.minusMillis(2));
    ask(Duration.ofSeconds(8), Duration.ofMillis(900));
    assertThat(clock.instant()).isEqualTo(server.minusMillis(2));
  }

  @Test
  void whenTheServersClockIsSetBackItStepsNoFurtherThanItMust() {
    ask(Duration.ofMillis(3), Duration.ofMillis(4));
    server = server.minusSeconds(60);
    ask(Duration.ofMillis(3), Duration.ofMillis(4));
    assertThat(clock.instant()).isEqualTo(server.plusMillis(3));
    server = server.plusSeconds(60);
    ask(Duration.ofMillis(3), Duration.ofMillis(4));
    assertThat(clock.instant()).isEqualTo(server.minusMillis(4));
  }

  /// @param there how long the question is under way
  /// @param back how long the answer is
  private void ask(Duration there, Duration back) {
    long asked = clock.timerNanos();
    pass(there);
    long said = server.getEpochSecond() * 1_000_000 + server.getNano() / 1_000;
    pass(back);
    clock.heard(said, asked);
  }

  private void pass(Duration time) {
    timer += time.toNanos();
    server = server.plus(time);
  }
}
