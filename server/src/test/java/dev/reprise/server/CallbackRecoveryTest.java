package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Program;
import dev.reprise.server.world.Receiver;
import dev.reprise.server.world.Receiver.Received;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever is to be told is told, also when the process dies between the completion and the answer.
@Tag("store")
class CallbackRecoveryTest {
  private static final String[] FLAGS = {"--clock", "test", "--set", "callbacks.allow=127.0.0.1"};

  @TempDir private Path data;

  @Test
  void aCallbackUnderWayWhenTheProcessIsKilledIsSentAgainUnderTheSameId() throws Exception {
    World.prepare(data);
    try (var receiver = Receiver.that(Receiver.status(200))) {
      receiver.becomes(receiver.hangs());
      try (var program = Program.serve(data, FLAGS)) {
        Api ada = Api.as("ada", program.baseUrl());
        report(ada, receiver);
        while (receiver.received().isEmpty()) {
          Thread.onSpinWait();
        }
        program.kill();
      }
      receiver.becomes(Receiver.status(200));
      try (var program = Program.serve(data, FLAGS)) {
        Api.as("ada", program.baseUrl()).advance("PT0S");
      }
      try (var program = Program.serve(data, FLAGS)) {
        Api.as("ada", program.baseUrl()).advance("P1D");
      }
      List<Received> all = receiver.received();
      assertThat(all).hasSize(2);
      assertThat(all.get(1).header("webhook-id")).isEqualTo(all.get(0).header("webhook-id"));
      assertThat(all.get(1).body()).isEqualTo(all.get(0).body());
      assertThat(all.get(1).header("webhook-signature")).startsWith("v1,");
    }
  }

  @Test
  void aWaitGoesOnAfterARestart() throws Exception {
    World.prepare(data);
    try (var receiver = Receiver.that(Receiver.status(500))) {
      try (var program = Program.serve(data, FLAGS)) {
        Api ada = Api.as("ada", program.baseUrl());
        report(ada, receiver);
        ada.advance("PT0S");
      }
      try (var program = Program.serve(data, FLAGS)) {
        Api ada = Api.as("ada", program.baseUrl());
        ada.advance("PT4S");
        assertThat(receiver.received()).hasSize(1);
        ada.advance("PT2S");
        assertThat(receiver.received()).hasSize(2);
      }
    }
  }

  private static void report(Api ada, Receiver receiver) {
    ada.report(
        ada.query("SELECT OrderId FROM ISVOrder LIMIT 3"),
        "\"ExecuteNow\":true,\"CallbackUrl\":\"" + receiver.url() + "\"");
  }
}
