package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is recorded of an execution, held against its file.
@Tag("store")
class ProofTest {
  private final World world = World.shared();

  private static String report(World world, Api caller) {
    return caller.report(
        caller.query("SELECT OrderId FROM ISVOrder LIMIT 3 TIMESPAN LAST_MONTH"),
        "\"StartTime\":\"%s\",\"RecurrenceInterval\":24".formatted(world.in(24)));
  }

  private static Reply proof(Api caller, Reply execution) {
    String path = "/reprise/v1/executions/" + execution.text("ExecutionId");
    return caller.send("GET", path, "", List.of());
  }

  @Test
  void theProofSaysWhatTheFileIs() throws Exception {
    Api ada = world.as("ada-proof");
    String report = report(world, ada);
    String slot = world.in(24);
    Reply pending = ada.get("/ScheduledReport/execution/" + report + "?executionStatus=Pending");
    assertThat(proof(ada, pending).json())
        .containsEntry("status", "Pending")
        .containsEntry("slot", slot)
        .containsEntry("attempts", 0)
        .containsEntry("complete", false)
        .containsEntry("sha256", null);
    ada.advance("P1D");
    Reply execution = ada.get("/ScheduledReport/execution/" + report);
    String file = ada.send("GET", execution.text("ReportAccessSecureLink"), "", List.of()).body();
    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
    assertThat(proof(ada, execution).json())
        .containsEntry("executionId", pending.text("ExecutionId"))
        .containsEntry("reportId", report)
        .containsEntry("status", "Completed")
        .containsEntry("attempts", 1)
        .containsEntry("startedAt", slot)
        .containsEntry("endedAt", slot)
        .containsEntry("mergedFrom", null)
        .containsEntry("rows", (int) file.lines().count() - 1)
        .containsEntry("bytes", bytes.length)
        .containsEntry("sha256", sha256(bytes))
        .containsEntry("complete", true)
        .containsEntry("error", null);
    assertThat(proof(world.as("grace"), execution).status()).isEqualTo(404);
    assertThat(proof(world.as("admin"), execution).status()).isEqualTo(200);
    assertThat(proof(world.as("admin", "fabrikam"), execution).status()).isEqualTo(404);
  }

  @Test
  void aMergedFileCoversTheWindowsOfAllMissedSlots() {
    Api ada = world.as("ada-merged");
    String apart = report(world, ada);
    String merged = report(world, ada);
    String oldest = world.in(24);
    ada.put("/ScheduledReport/pause/" + merged);
    ada.advance("P1D");
    Reply first = proof(ada, ada.get("/ScheduledReport/execution/" + apart));
    ada.advance("P40DT1H"); // A slot at the very time of the resume is not missed.
    Reply last = proof(ada, ada.get("/ScheduledReport/execution/" + apart));
    ada.put("/ScheduledReport/resume/" + merged, "{\"catchUp\":\"merged\"}");
    ada.advance("PT0S");
    assertThat(ada.completed(merged)).isEqualTo(1);
    Reply one = proof(ada, ada.get("/ScheduledReport/execution/" + merged));
    Instant from = Instant.parse(String.valueOf(one.json().get("windowFrom")));
    Instant to = Instant.parse(String.valueOf(one.json().get("windowTo")));
    assertThat(ChronoUnit.DAYS.between(from, to)).isGreaterThan(55);
    assertThat(one.json())
        .containsEntry("mergedFrom", oldest)
        .containsEntry("slot", last.json().get("slot"))
        .containsEntry("windowFrom", first.json().get("windowFrom"))
        .containsEntry("windowTo", last.json().get("windowTo"));
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
