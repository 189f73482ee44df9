package dev.reprise.schedule;

import dev.reprise.schedule.Resumes.Decision;
import dev.reprise.schedule.State.Paused;
import dev.reprise.schedule.State.Running;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// The token of a plan: a digest of all that it follows from, so that nobody has to remember it.
///
/// - Shape: time is in it only through the slots that have passed. How often an execution under way
///   was tried is not in it: that changes nothing of the plan.
final class Token {
  private static final int BYTES = 15;

  private Token() {}

  static String of(Decision decision, Optional<CatchUp> catchUp, State state, Schedule schedule) {
    String text =
        String.join("\n", catchUp.toString(), schedule.toString(), essence(state))
            + "\n"
            + decision.missed();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String essence(State state) {
    return state instanceof Paused paused
        ? paused.with(essence(paused.done())).toString()
        : state.toString();
  }

  private static Progress essence(Progress done) {
    return done.failures(0)
        .running(
            done.running()
                .map(under -> new Running(under.slot(), 0, Optional.empty(), under.mergedFrom())));
  }
}
