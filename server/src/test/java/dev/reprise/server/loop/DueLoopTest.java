package dev.reprise.server.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.server.loop.DueLoop.Sleep;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DueLoopTest {
  private final AtomicInteger due = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile Supplier<Sleep> round = this::takeOne;
  private final DueLoop loop =
      new DueLoop(
          "test",
          () -> round.get(),
          why -> failures.add(String.valueOf(why)),
          () -> failures.add("again"));

  private Sleep takeOne() {
    if (due.get() == 0) {
      return Sleep.idle(DueLoop.LONGEST_SLEEP);
    }
    due.decrementAndGet();
    loop.begun();
    return Sleep.untilWoken();
  }

  @AfterEach
  void stop() throws Exception {
    loop.stop();
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void idleIsWhenNothingIsDueAndNothingUnderWay() throws Exception {
    due.set(3);
    loop.start();
    for (int left = 2; left >= 0; left--) {
      while (due.get() > left) {
        loop.wake();
        Thread.onSpinWait();
      }
    }
    var seen = new CountDownLatch(1);
    var waiting = new Thread(() -> awaitIdle(seen));
    waiting.start();
    loop.ended();
    loop.ended();
    assertThat(loop.underWay()).isOne();
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(seen.getCount()).isOne();
    loop.ended();
    waiting.join();
    assertThat(seen.getCount()).isZero();
  }

  private void awaitIdle(CountDownLatch seen) {
    try {
      loop.awaitIdle();
      seen.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whoWaitsHearsWhatKeepsItFromIdleness() throws Exception {
    round =
        () -> {
          throw new IllegalArgumentException("the disk is full");
        };
    loop.start();
    assertThatThrownBy(loop::awaitIdle).hasMessage("the disk is full");
    assertThatThrownBy(loop::awaitIdle).hasMessage("the disk is full");
    assertThat(loop.isFailing()).isTrue();
    assertThat(failures).containsExactly("java.lang.IllegalArgumentException: the disk is full");
    round = this::takeOne;
    loop.awaitIdle();
    assertThat(loop.isFailing()).isFalse();
    assertThat(failures).endsWith("again").hasSize(2);
  }

  @Test
  void anErrorEndsARoundOnly() throws Exception {
    round =
        () -> {
          round = this::takeOne;
          throw new AssertionError("once");
        };
    loop.start();
    loop.awaitIdle();
    assertThat(failures).containsExactly("java.lang.AssertionError: once", "again");
  }

  @Test
  void nobodyWaitsForALoopThatHasStopped() throws Exception {
    loop.start();
    loop.awaitIdle();
    loop.stop();
    assertThatIllegalStateException().isThrownBy(loop::awaitIdle);
  }
}
