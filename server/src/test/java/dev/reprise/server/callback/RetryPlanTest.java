package dev.reprise.server.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPlanTest {
  private static final UUID ONE = UUID.fromString("1663873e-8ade-4fb8-a498-757af60f1899");

  @Test
  void tenAttemptsAreMadeWithin75To83Hours() {
    for (int seed = 0; seed < 1_000; seed++) {
      UUID id = new UUID(seed, -seed);
      Duration all = Duration.ZERO;
      for (int tries = 1; tries < 10; tries++) {
        all = all.plus(RetryPlan.after(tries, id, Optional.empty()).orElseThrow());
      }
      assertThat(all).isBetween(Duration.ofHours(75), Duration.ofHours(83).plusMinutes(10));
      assertThat(RetryPlan.after(10, id, Optional.empty())).isEmpty();
      assertThat(RetryPlan.after(11, id, Optional.empty())).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, PT5S",
    "2, PT5M",
    "3, PT30M",
    "4, PT2H",
    "5, PT5H",
    "6, PT10H",
    "7, PT14H",
    "8, PT20H",
    "9, PT24H"
  })
  void aWaitIsThatOfTheStandardAndUpToATenth(int tries, Duration wait) {
    Set<Duration> seen = new HashSet<>();
    for (int seed = 0; seed < 1_000; seed++) {
      Duration planned =
          RetryPlan.after(tries, new UUID(seed * 31L, seed), Optional.empty()).orElseThrow();
      assertThat(planned).isBetween(wait, wait.plus(wait.dividedBy(10)));
      seen.add(planned);
    }
    assertThat(seen).as("they do not come back together").hasSizeGreaterThan(100);
  }

  @ParameterizedTest
  @CsvSource({"PT0S, PT5S", "PT4S, PT5S", "PT2H, PT2H", "PT24H, PT24H", "P365D, PT24H"})
  void aReceiverMayAskForMoreButNotForMoreThanADay(Duration asked, Duration least) {
    assertThat(RetryPlan.after(1, ONE, Optional.of(asked)).orElseThrow())
        .isBetween(least, least.plus(Duration.ofSeconds(1)));
  }
}
