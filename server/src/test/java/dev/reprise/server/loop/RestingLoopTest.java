package dev.reprise.server.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RestingLoopTest {
  private static final Duration LONG = Duration.ofDays(1);

  private final AtomicInteger rounds = new AtomicInteger();

  @Test
  void itGoesRoundAgainAndAgainUntilItIsClosed() throws Exception {
    var several = new CountDownLatch(3);
    RestingLoop loop = loop(Duration.ZERO, Duration.ZERO, several);
    loop.start();
    several.await();
    assertThat(loop.isOpen()).isTrue();
    loop.close();
    assertThat(loop.isOpen()).isFalse();
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void closingEndsARestHoweverLong() throws Exception {
    var one = new CountDownLatch(1);
    try (var loop = loop(Duration.ZERO, LONG, one)) {
      loop.start();
      one.await();
    }
    assertThat(rounds).hasValue(1);
    try (var loop = loop(LONG, LONG, one)) {
      loop.start();
    }
    assertThat(rounds).as("it rests before its first").hasValue(1);
  }

  @Test
  void oneThatWasNeverStartedCloses() {
    RestingLoop loop = loop(LONG, LONG, new CountDownLatch(1));
    loop.close();
    assertThat(rounds).hasValue(0);
  }

  private RestingLoop loop(Duration first, Duration rest, CountDownLatch made) {
    return new RestingLoop(
        "test",
        first,
        () -> {
          rounds.incrementAndGet();
          made.countDown();
          return rest;
        });
  }
}
