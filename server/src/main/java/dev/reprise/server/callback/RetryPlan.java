package dev.reprise.server.callback;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// When a callback that did not arrive is tried again: ten times within 75 to 83 hours.
///
/// - Source: Standard Webhooks, "Deliverability and reliability", whose example of a schedule this
///   is; to each wait up to a tenth is added, so that those who failed together do not come back
///   together.
final class RetryPlan {
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  /// The longest that a receiver can have itself left alone.
  static final Duration LONGEST_ASKED = Duration.ofHours(24);

  private static final int JITTER = 10;
  private static final int STEPS = 1_000;

  private RetryPlan() {}

  /// How long to wait after an attempt that failed; empty if it was the last.
  ///
  /// @param tries how many attempts there have been
  /// @param asked how long the receiver wants to be left alone
  static Optional<Duration> after(int tries, UUID callback, Optional<Duration> asked) {
    if (tries > WAITS.size()) {
      return Optional.empty();
    }
    Duration wait = WAITS.get(tries - 1);
    // Drawn from what differs between callbacks: a test that moves the clock meets the same again.
    long share = Math.floorMod(callback.hashCode() * 31 + tries, STEPS);
    Duration planned = wait.plus(wait.multipliedBy(share).dividedBy((long) STEPS * JITTER));
    Duration least = asked.filter(time -> time.compareTo(LONGEST_ASKED) < 0).orElse(LONGEST_ASKED);
    return Optional.of(asked.isPresent() && least.compareTo(planned) > 0 ? least : planned);
  }
}
