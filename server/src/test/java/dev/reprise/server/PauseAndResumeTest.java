package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each way in which pause and resume answer.
@Tag("store")
class PauseAndResumeTest {
  private final World world = World.shared();
  private final Api ada = world.as("ada-pause");

  private String report(Api caller) {
    return caller.report(
        caller.query("SELECT OrderId FROM ISVOrder"),
        "\"StartTime\":\"%s\",\"RecurrenceInterval\":24,\"RecurrenceCount\":2"
            .formatted(world.in(4)));
  }

  @Test
  void aPauseIsAcknowledgedAndARepeatedOneChangesNothing() {
    String report = report(ada);
    Reply paused = ada.put("/ScheduledReport/pause/" + report, "{\"reason\":\"month end\"}");
    assertThat(paused.status()).isEqualTo(200);
    assertThat(paused.message()).isEqualTo("Report paused successfully");
    assertThat(paused.text("ReportStatus")).isEqualTo("Paused");
    assertThat(paused.json()).containsEntry("TotalCount", 1).containsEntry("StatusCode", 200);
    String modified = paused.text("ModifiedTime");
    ada.advance("PT1H");
    Reply again = ada.put("/ScheduledReport/pause/" + report, "{\"reason\":\"another\"}");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.message()).isEqualTo("Report is already paused");
    assertThat(again.text("ModifiedTime")).isEqualTo(modified);
  }

  @Test
  void aResumeOfAnActiveReportChangesNothing() {
    String report = report(ada);
    Reply resumed = ada.put("/ScheduledReport/resume/" + report);
    assertThat(resumed.status()).isEqualTo(200);
    assertThat(resumed.message()).isEqualTo("Report is already active");
    assertThat(resumed.one()).containsEntry("ModifiedTime", null);
    ada.put("/ScheduledReport/pause/" + report);
    assertThat(ada.put("/ScheduledReport/resume/" + report).message())
        .isEqualTo("Report resumed successfully");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume"})
  void aReportWithAllItsFilesIsInactive(String verb) {
    String report = report(ada);
    ada.advance("P2D");
    Reply reply = ada.put("/ScheduledReport/" + verb + "/" + report);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).isEqualTo("Report is inactive: all 2 reports have been generated");
    assertThat(reply.value()).isEmpty();
    assertThat(reply.json()).containsEntry("TotalCount", 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume"})
  void aReportThatRunsOnceHasNothingToPause(String verb) {
    Api caller = world.as("ada-once-" + verb);
    String report =
        caller.report(caller.query("SELECT OrderId FROM ISVOrder"), "\"ExecuteNow\":true");
    Reply reply = caller.put("/ScheduledReport/" + verb + "/" + report);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).startsWith("Report is inactive: ").contains("ExecuteNow");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume"})
  void theIdMayComeAsAParameterAndInAnyCasing(String verb) {
    String report = report(ada);
    assertThat(ada.put("/scheduledREPORT/" + verb + "?REPORTID=" + report).status()).isEqualTo(200);
    assertThat(
            ada.put(
                    "/ScheduledReport/"
                        + verb.toUpperCase(Locale.ROOT)
                        + "/"
                        + report.toUpperCase(Locale.ROOT))
                .status())
        .isEqualTo(200);
    String both = "/ScheduledReport/" + verb + "/" + report + "?reportId=";
    assertThat(ada.put(both + report).status()).isEqualTo(200);
    assertThat(ada.put(both + "00000000-0000-0000-0000-000000000000").status()).isEqualTo(400);
    Reply none = ada.put("/ScheduledReport/" + verb);
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.message()).isEqualTo("Null or missing value: reportId is required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume"})
  void whatACallerMayNotSeeDoesNotExist(String verb) {
    String report = report(ada);
    String path = "/ScheduledReport/" + verb + "/" + report;
    assertThat(ada.put("/ScheduledReport/" + verb + "/no-such-id").status()).isEqualTo(404);
    assertThat(ada.under("/insights/v1/mpn").put(path).status()).isEqualTo(404);
    assertThat(world.as("grace").put(path).status()).isEqualTo(404);
    assertThat(world.as("ada-pause", "fabrikam").put(path).status()).isEqualTo(404);
    assertThat(world.as("admin", "fabrikam").put(path).status()).isEqualTo(404);
    Reply unseen = world.as("grace").put(path);
    assertThat(unseen.message()).startsWith("No item found with given filters");
    assertThat(world.as("admin").put(path).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume"})
  void whoIsUnknownOrHasNoRoleIsRefused(String verb) {
    String path = "/ScheduledReport/" + verb + "/" + report(ada);
    Reply anonymous = ada.withToken(Optional.empty()).put(path);
    assertThat(anonymous.status()).isEqualTo(401);
    assertThat(anonymous.message()).startsWith("Unauthorized");
    assertThat(ada.withToken(Optional.of(ada.token() + "x")).put(path).status()).isEqualTo(401);
    assertThat(world.as("guest").put(path).status()).isEqualTo(403);
  }

  @Test
  void anOptionInTheBodyAndAsAParameterIsOneOrRefused() {
    String path = "/ScheduledReport/pause/" + report(ada) + "?MODE=finish";
    assertThat(ada.put(path, "{\"mode\":\"cancel\"}").message())
        .isEqualTo("Invalid value: mode is cancel in the body and finish as a parameter");
    assertThat(ada.put(path, "{\"mode\":\"finish\",\"CatchUp\":\"Latest\"}").status())
        .isEqualTo(200);
  }

  @Test
  void aReasonThatIsTooLongChangesNothing() {
    String report = report(ada);
    Reply reply =
        ada.put("/ScheduledReport/pause/" + report, "{\"reason\":\"" + "x".repeat(257) + "\"}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).contains("256").contains("257");
    assertThat(ada.get("/ScheduledReport?reportId=" + report).text("ReportStatus"))
        .isEqualTo("Active");
  }

  @Test
  void aSlotAtThePauseDoesNotRunAndOneAtTheResumeDoes() {
    Api caller = world.as("ada-bounds");
    String report =
        caller.report(
            caller.query("SELECT OrderId FROM ISVOrder"),
            "\"StartTime\":\"%s\",\"RecurrenceInterval\":4".formatted(world.in(4)));
    caller.advance("PT3H59M59S");
    caller.put("/ScheduledReport/pause/" + report);
    caller.advance("PT4H1S");
    assertThat(caller.completed(report)).isZero();
    caller.put("/ScheduledReport/resume/" + report);
    caller.advance("PT0S");
    assertThat(caller.completed(report)).isEqualTo(1);
  }
}
