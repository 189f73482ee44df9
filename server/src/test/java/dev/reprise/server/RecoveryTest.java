package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Program;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was acknowledged is there after the process is killed, and what was half done is done
/// again.
@Tag("store")
class RecoveryTest {
  private static final int ROUNDS = 5;

  @TempDir private Path data;

  @Test
  void nothingAcknowledgedIsLostWhenTheProcessIsKilled() throws Exception {
    World.prepare(data);
    var random = new Random(7);
    List<String> paused = new ArrayList<>();
    List<String> active = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      try (var program = Program.serve(data, "--clock", "test")) {
        Api ada = Api.as("ada", program.baseUrl());
        paused.forEach(id -> assertThat(status(ada, id)).isEqualTo("Paused"));
        active.forEach(id -> assertThat(status(ada, id)).isEqualTo("Active"));
        String query = ada.query("SELECT OrderId FROM ISVOrder");
        for (int i = 0; i < 3; i++) {
          String id = ada.report(query, every4Hours(ada));
          if (random.nextBoolean()) {
            ada.put("/ScheduledReport/pause/" + id);
            paused.add(id);
          } else {
            active.add(id);
          }
        }
        program.kill();
      }
    }
    assertThat(paused.size() + active.size()).isEqualTo(3 * ROUNDS);
  }

  @Test
  void everySlotHasOneFileWhenTheProcessIsKilledWhileTheyAreMade() throws Exception {
    World.prepare(data);
    String report;
    try (var program = Program.serve(data, "--clock", "test")) {
      Api ada = Api.as("ada", program.baseUrl());
      report = ada.report(ada.query("SELECT OrderId FROM ISVOrder"), every4Hours(ada));
    }
    for (int round = 0; round < ROUNDS; round++) {
      try (var program = Program.serve(data, "--clock", "test")) {
        Api ada = Api.as("ada", program.baseUrl());
        var moving = new AtomicBoolean(true);
        Thread mover = Thread.ofVirtual().start(() -> move(ada, moving));
        while (ada.completed(report) < 20 * (round + 1)) {
          Thread.onSpinWait();
        }
        program.kill();
        moving.set(false);
        mover.join();
      }
    }
    try (var program = Program.serve(data, "--clock", "test")) {
      Api ada = Api.as("ada", program.baseUrl());
      ada.advance("PT0S");
      checkFiles(ada, report);
    }
  }

  private static void move(Api ada, AtomicBoolean moving) {
    while (moving.get()) {
      try {
        ada.advance("PT4H");
      } catch (UncheckedIOException killed) {
        return;
      }
    }
  }

  /// Each slot of the grid up to the newest has one execution, completed, whose file is whole.
  private static void checkFiles(Api ada, String report) {
    var executions =
        ada.get("/ScheduledReport/execution/" + report + "?getLatestExecution=false").value();
    assertThat(executions).hasSizeGreaterThanOrEqualTo(20 * ROUNDS);
    List<String> links = new ArrayList<>();
    List<String> slots = new ArrayList<>();
    for (var execution : executions) {
      links.add(String.valueOf(execution.get("ReportAccessSecureLink")));
      slots.add(links.getLast().replaceAll(".*_(.*)\\.csv\\?.*|.*_(.*)\\.csv&.*", "$1$2"));
    }
    Instant slot = Instant.parse(colons(slots.getFirst()));
    for (String written : slots) { // Newest first, and none left out.
      assertThat(colons(written)).isEqualTo(slot.toString());
      slot = slot.minusSeconds(4 * 3600);
    }
    for (String link : links) {
      var file = ada.send("GET", link, "", List.of());
      assertThat(file.status()).isEqualTo(200);
      assertThat(file.body()).startsWith("OrderId\n").endsWith("\n");
    }
  }

  /// The time in a file name, such as `2026-01-05T060000Z`, as it is written elsewhere.
  private static String colons(String time) {
    return time.replaceAll("T(..)(..)(..)Z", "T$1:$2:$3Z");
  }

  private static String status(Api caller, String report) {
    return caller.get("/ScheduledReport?reportId=" + report).text("ReportStatus");
  }

  private static String every4Hours(Api caller) {
    String now =
        String.valueOf(caller.send("GET", "/reprise/v1/clock", "", List.of()).json().get("now"));
    String start = Instant.parse(now).plusSeconds(4 * 3600).toString();
    return "\"RecurrenceInterval\":4,\"StartTime\":\"" + start + "\"";
  }
}
