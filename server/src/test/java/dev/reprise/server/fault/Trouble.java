package dev.reprise.server.fault;

import dev.reprise.server.world.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// What happens to the line between a service and the server of its store.
public enum Trouble {
  SLOW,
  HELD,
  LOST_REQUESTS,
  LOST_ANSWERS, // Such as that a change is committed.
  RESET,
  NO_MORE_REQUESTS,
  NO_MORE_ANSWERS;

  private static final int LONGEST_DELAY = 20; // Milliseconds of each piece.
  private static final int LONGEST = 2_000; // Milliseconds.

  /// All, one after another; after each the service has to get well by itself.
  public static void all(Line line, Storms storms, Random random, int changes) throws Exception {
    List<Trouble> troubles = new ArrayList<>(List.of(values()));
    Collections.shuffle(troubles, random);
    for (Trouble trouble : troubles) {
      trouble.happen(line, random);
      storms.awaitWell(changes);
    }
  }

  private void happen(Line line, Random random) throws InterruptedException {
    switch (this) {
      case SLOW -> {
        line.slow(Duration.ofMillis(random.nextInt(LONGEST_DELAY)));
        pass(random);
      }
      case HELD -> {
        line.mute();
        line.deafen();
        pass(random);
      }
      case LOST_REQUESTS -> {
        line.mute();
        pass(random);
        line.reset();
      }
      case LOST_ANSWERS -> {
        line.deafen();
        pass(random);
        line.reset();
      }
      case RESET -> line.reset();
      case NO_MORE_REQUESTS -> line.endRequests();
      case NO_MORE_ANSWERS -> line.endAnswers();
    }
    line.mend();
  }

  private static void pass(Random random) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST));
  }
}
