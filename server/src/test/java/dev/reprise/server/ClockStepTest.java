package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.history.JooqAudit;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A service with a store in a file goes by the clock of its machine, which somebody may set wrong
/// and then right.
@Timeout(120)
class ClockStepTest {
  private static final Duration RETRY = Duration.ofMillis(50);

  /// Longer than any loop sleeps, so that what a step brings about has begun.
  private static final Duration SETTLED = Duration.ofMillis(1_100);

  @TempDir private Path data;

  private final AtomicReference<Instant> wall = new AtomicReference<>(World.MONDAY);

  @Test
  void noSlotIsLostOrRunsTwiceHoweverItSteps() throws Exception {
    try (World world = World.node(data, wall::get, List.of("--set", "limits.lead-time=PT0S"))) {
      Api ada = world.as("ada");
      String report =
          ada.report(
              ada.query("SELECT OrderId FROM ISVOrder"),
              "\"StartTime\":\"%s\",\"RecurrenceInterval\":4".formatted(world.in(4)));
      step(Duration.ofMinutes(241));
      await(world, report, List.of("completed 1 +4"));
      step(Duration.ofMinutes(229)); // Its only slot is to come again.
      pauseAndResume(world, report);
      await(world, report, List.of("completed 1 +4"));
      step(Duration.ofMinutes(481));
      await(world, report, List.of("completed 1 +4", "completed 1 +8"));
      step(Duration.ofDays(400));
      List<String> late =
          List.of("completed 1 +4", "completed 1 +8", "skipped 2397 +12", "completed 1 +9600");
      await(world, report, late);
      step(Duration.ofDays(-800));
      pauseAndResume(world, report);
      await(world, report, late);
      step(Duration.ofDays(400).plusMinutes(241));
      List<String> then = new ArrayList<>(late);
      then.add("completed 1 +9604");
      await(world, report, then);
      assertThat(world.core.dispatcher.ended()).as("executions").isEqualTo(4);
    }
    List<String> faults = new ArrayList<>();
    JooqAudit.run(data, faults::add);
    assertThat(faults).isEmpty();
  }

  private void step(Duration from) {
    wall.set(World.MONDAY.plus(from));
    LockSupport.parkNanos(SETTLED.toNanos());
  }

  /// Changes are answered, whatever time it is.
  private static void pauseAndResume(World world, String report) {
    Api ada = world.as("ada"); // The token of before may not be valid yet.
    for (String change : List.of("pause", "resume")) {
      Reply reply = ada.put("/ScheduledReport/" + change + "/" + report);
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }
  }

  private static void await(World world, String report, List<String> slots) {
    List<String> found = slots(world, report);
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!found.equals(slots) && System.nanoTime() < end) {
      LockSupport.parkNanos(RETRY.toNanos());
      found = slots(world, report);
    }
    assertThat(found).isEqualTo(slots);
  }

  /// The ledger: outcome, number of slots, and the first in hours after Monday.
  @SuppressWarnings("unchecked")
  private static List<String> slots(World world, String report) {
    Reply reply =
        world.as("ada").send("GET", "/reprise/v1/reports/" + report + "/slots", "", List.of());
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    var rows =
        (List<Map<String, @Nullable Object>>) Objects.requireNonNull(reply.json().get("slots"));
    return rows.stream()
        .map(row -> {
          Instant first = Instant.parse("" + row.get("first"));
          return "%s %s +%d"
              .formatted(
                  row.get("outcome"),
                  row.get("count"),
                  Duration.between(World.MONDAY, first).toHours());
        })
        .toList();
  }
}
