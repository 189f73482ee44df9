package dev.reprise.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Who gets a place, and who waits.
class TurnsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(5);

  @Test
  void nobodyHasMoreThanHalfOfThePlaces() throws InterruptedException {
    var turns = new Turns<String>(4);
    assertThat(turns.take("ada", LONG)).isPositive();
    assertThat(turns.take("ada", LONG)).isPositive();
    assertThat(turns.take("ada", SHORT)).isZero();
    assertThat(turns.take("bob", LONG)).isPositive();
    assertThat(turns.take("bob", LONG)).isPositive();
    assertThat(turns.take("carol", SHORT)).isZero();
    turns.leave("ada");
    assertThat(turns.take("carol", LONG)).isPositive();
    assertThat(turns.take("ada", SHORT)).isZero();
  }

  @Test
  void whereThereIsOnePlaceEverybodyMayHaveIt() throws InterruptedException {
    var turns = new Turns<String>(1);
    assertThat(turns.take("ada", LONG)).isPositive();
    turns.leave("ada");
    assertThat(turns.take("ada", LONG)).isPositive();
  }

  @Test
  void whoWaitsIsCalledWhenAPlaceComesFree() throws InterruptedException {
    var turns = new Turns<String>(2);
    assertThat(turns.take("ada", LONG)).isPositive();
    var left = new AtomicReference<>(Duration.ZERO);
    Thread waiting = Thread.ofVirtual().start(() -> left.set(take(turns, "ada")));
    turns.leave("ada");
    assertThat(waiting.join(LONG)).isTrue();
    assertThat(left.get()).isPositive();
  }

  @Test
  void whoIsInterruptedLeavesThePlaceToOthers() throws InterruptedException {
    var turns = new Turns<String>(1);
    var ready = new CountDownLatch(1);
    assertThat(turns.take("ada", LONG)).isPositive();
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              ready.countDown();
              take(turns, "bob");
            });
    ready.await();
    waiting.interrupt();
    assertThat(waiting.join(LONG)).isTrue();
    turns.leave("ada");
    assertThat(turns.take("carol", LONG)).isPositive();
  }

  private static Duration take(Turns<String> turns, String who) {
    try {
      return turns.take(who, LONG);
    } catch (InterruptedException e) {
      return Duration.ZERO;
    }
  }
}
