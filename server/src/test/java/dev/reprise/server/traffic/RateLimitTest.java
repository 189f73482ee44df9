package dev.reprise.server.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.traffic.RateLimit.Rule;
import dev.reprise.server.traffic.RateLimit.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final Rule THREE_A_MINUTE = new Rule(3, Duration.ofMinutes(1));

  /// Just before it overflows, as it may on any machine.
  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);

  private final RateLimit<String> limit = limit(THREE_A_MINUTE, 100);

  @Test
  void aWholeAllowanceMayBeUsedAtOnce() {
    assertThat(List.of(limit.take("ada"), limit.take("ada"), limit.take("ada")))
        .containsExactly(allowed(2), allowed(1), allowed(0));
    assertThat(limit.take("ada")).isEqualTo(refused(Duration.ofSeconds(20)));
  }

  @Test
  void itComesBackEvenly() {
    spend("ada", 3);
    pass(Duration.ofSeconds(19));
    assertThat(limit.take("ada")).isEqualTo(refused(Duration.ofSeconds(1)));
    pass(Duration.ofSeconds(1));
    assertThat(limit.take("ada")).isEqualTo(allowed(0));
    assertThat(limit.take("ada").allowed()).isFalse();
    pass(Duration.ofSeconds(40));
    assertThat(limit.take("ada")).isEqualTo(allowed(1));
    pass(Duration.ofHours(5));
    assertThat(limit.take("ada")).isEqualTo(allowed(2));
  }

  @Test
  void oneCallerDoesNotUseUpTheAllowanceOfAnother() {
    spend("ada", 3);
    assertThat(limit.take("grace")).isEqualTo(allowed(2));
  }

  @Test
  void whatIsRefusedCostsNothing() {
    spend("ada", 3);
    for (int i = 0; i < 1000; i++) {
      assertThat(limit.take("ada").allowed()).isFalse();
    }
    pass(Duration.ofSeconds(20));
    assertThat(limit.take("ada")).isEqualTo(allowed(0));
  }

  @Test
  void theMemoryIsBoundedAndWhoKeepsCallingIsNotForgotten() {
    spend("ada", 3);
    for (int i = 0; i < 10_000; i++) {
      limit.take("other-" + i);
      if (i % 40 == 0) {
        assertThat(limit.take("ada").allowed()).isFalse();
      }
      assertThat(limit.size()).isLessThanOrEqualTo(101);
    }
  }

  @Test
  void manyAtOnceGetExactlyTheAllowance() throws Exception {
    RateLimit<String> shared = limit(new Rule(500, Duration.ofHours(1)), 100);
    List<Callable<Integer>> callers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      callers.add(() -> {
        int allowed = 0;
        for (int j = 0; j < 1000; j++) {
          allowed += shared.take("ada").allowed() ? 1 : 0;
        }
        return allowed;
      });
    }
    int allowed = 0;
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      for (Future<Integer> caller : pool.invokeAll(callers)) {
        allowed += caller.get();
      }
    }
    assertThat(allowed).isEqualTo(500);
  }

  private RateLimit<String> limit(Rule rule, int remembered) {
    return new RateLimit<>(rule, remembered, nanoTime::get);
  }

  private void spend(String who, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(limit.take(who).allowed()).isTrue();
    }
  }

  private void pass(Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }

  private static Verdict allowed(int remaining) {
    return new Verdict(true, remaining, Duration.ZERO);
  }

  private static Verdict refused(Duration wait) {
    return new Verdict(false, 0, wait);
  }
}
