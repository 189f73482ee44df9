package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a resume would do, and that it does just that.
@Tag("store")
class PlanTest {
  @TempDir private Path data;

  private final World world = World.shared();
  private final Api ada = world.as("ada-plan");

  private String report(Api caller, String more) {
    return caller.report(
        caller.query("SELECT OrderId FROM ISVOrder LIMIT 1"),
        "\"StartTime\":\"%s\",\"RecurrenceInterval\":4%s".formatted(world.in(4), more));
  }

  /// A report with six slots, three of which it missed.
  private String missed(Api caller) {
    String report = report(caller, ",\"RecurrenceCount\":6");
    caller.put("/ScheduledReport/pause/" + report);
    caller.advance("PT15H");
    return report;
  }

  @Test
  void aDryRunShowsThePlanAndChangesNothing() {
    Instant paused = world.now();
    String report = missed(ada);
    String before = ada.get("/ScheduledReport?reportId=" + report).body();
    Reply plan = ada.put("/ScheduledReport/resume/" + report + "?dryRun=TRUE&catchUp=Latest");
    assertThat(plan.status()).isEqualTo(200);
    assertThat(plan.json().keySet())
        .containsExactly("Value", "TotalCount", "Message", "StatusCode");
    assertThat(plan.message()).isEqualTo("Plan of the resume: nothing has changed");
    assertThat(plan.one().keySet())
        .containsExactly(
            "ReportId",
            "PausedAt",
            "MissedCount",
            "Missed",
            "Runs",
            "SkippedCount",
            "NextSlots",
            "RemainingRecurrenceCount",
            "Plan");
    assertThat(plan.one())
        .containsEntry("ReportId", report)
        .containsEntry("PausedAt", paused.toString())
        .containsEntry("MissedCount", 3)
        .containsEntry("Missed", slots(paused, 4, 8, 12))
        .containsEntry("Runs", slots(paused, 12))
        .containsEntry("SkippedCount", 2)
        .containsEntry("NextSlots", slots(paused, 16, 20, 24, 28, 32))
        .containsEntry("RemainingRecurrenceCount", 6);
    assertThat(ada.get("/ScheduledReport?reportId=" + report).body()).isEqualTo(before);
    assertThat(ada.put("/ScheduledReport/pause/" + report).message())
        .isEqualTo("Report is already paused");
  }

  @Test
  void thePlanLooksTheSameUnderTheLiveProfile() {
    try (var live = World.in(data, "--profile", "live")) {
      Api caller = live.as("ada");
      Reply made =
          caller.post(
              "/ScheduledQueries",
              "{\"Name\":\"Q\",\"Query\":\"SELECT OrderId FROM ISVOrder LIMIT 1\"}");
      String query = made.body().replaceFirst(".*\"queryId\":\"([^\"]+)\".*", "$1");
      String report =
          caller
              .createReport(
                  query, "\"StartTime\":\"%s\",\"RecurrenceInterval\":4".formatted(live.in(4)))
              .body()
              .replaceFirst(".*\"reportId\":\"([^\"]+)\".*", "$1");
      caller.put("/ScheduledReport/pause/" + report);
      Reply plan = caller.put("/ScheduledReport/resume/" + report, "{\"DRYRUN\":true}");
      assertThat(plan.body())
          .startsWith(
              "{\"value\":[{\"reportId\":\"%s\",\"pausedAt\":\"%s\",\"missedCount\":0,\"missed\":[],\"runs\":[],\"skippedCount\":0,\"nextSlots\":[\"%s\","
                  .formatted(report, live.now(), live.in(4)))
          .contains("\"remainingRecurrenceCount\":null,\"plan\":\"")
          .contains("\"nextLink\":null");
    }
  }

  @ParameterizedTest
  @CsvSource({"skip,0", "latest,1", "all,3", "merged,1"})
  void aResumeByAPlanDoesWhatThePlanSaid(String catchUp, int files) {
    Api caller = world.as("ada-by-plan-" + catchUp);
    String report = missed(caller);
    String path = "/ScheduledReport/resume/" + report;
    Reply plan = caller.put(path + "?dryRun=true", "{\"catchUp\":\"" + catchUp + "\"}");
    assertThat(plan.one().get("Runs")).asInstanceOf(LIST).hasSize(files);
    assertThat(caller.put(path + "?plan=" + plan.text("Plan")).message())
        .isEqualTo("Report resumed successfully");
    caller.advance("PT0S");
    assertThat(caller.completed(report)).isEqualTo(files);
  }

  @Test
  void aPlanIsOutdatedWhenAnotherSlotHasPassed() {
    String report = missed(ada);
    String path = "/ScheduledReport/resume/" + report;
    String plan = ada.put(path + "?dryRun=true&catchUp=all").text("Plan");
    ada.advance("PT1H");
    assertThat(ada.put(path + "?dryRun=true&catchUp=all").text("Plan")).isEqualTo(plan);
    ada.advance("PT1H");
    Reply outdated = ada.put(path + "?plan=" + plan);
    assertThat(outdated.status()).isEqualTo(409);
    assertThat(outdated.message()).startsWith("The plan does not hold any more: ");
    assertThat(ada.get("/ScheduledReport?reportId=" + report).text("ReportStatus"))
        .isEqualTo("Paused");
    assertThat(ada.put(path + "?plan=no-such-plan").status()).isEqualTo(409);
  }

  @Test
  void aPlanIsOutdatedWhenTheReportHasChangedOrIsAlreadyActive() {
    String report = missed(ada);
    String path = "/ScheduledReport/resume/" + report;
    String plan = ada.put(path + "?dryRun=true").text("Plan");
    ada.put(path);
    assertThat(ada.put(path + "?plan=" + plan).status()).isEqualTo(409);
    assertThat(ada.put(path + "?dryRun=true").one())
        .containsEntry("PausedAt", null)
        .containsEntry("MissedCount", 0);
  }

  @Test
  void aPlanIsOutdatedWhenTheReportAsksForSomethingElse() {
    String report = missed(ada);
    String path = "/ScheduledReport/resume/" + report;
    String plan = ada.put(path + "?dryRun=true").text("Plan");
    String start = ada.get("/ScheduledReport?reportId=" + report).text("StartTime");
    Reply renamed =
        ada.put(
            "/ScheduledReport/" + report,
            "{\"ReportName\":\"Another\",\"StartTime\":\"" + start + "\"}");
    assertThat(renamed.message()).isEqualTo("Report updated successfully");
    assertThat(ada.put(path + "?plan=" + plan).status()).isEqualTo(409);
    String fresh = ada.put(path + "?dryRun=true").text("Plan");
    assertThat(ada.put(path, "{\"plan\":\"" + fresh + "\"}").status()).isEqualTo(200);
  }

  @Test
  void aPlanIsGoodForItsReportAndForWhoWasShownItOnly() {
    String report = report(ada, ",\"RecurrenceCount\":6");
    String twin = report(ada, ",\"RecurrenceCount\":6");
    ada.put("/ScheduledReport/pause/" + report);
    ada.put("/ScheduledReport/pause/" + twin);
    ada.advance("PT9H");
    String before = ada.get("/ScheduledReport").body();
    String path = "/ScheduledReport/resume/" + report;
    String plan = ada.put(path + "?dryRun=true&catchUp=latest").text("Plan");
    String others = "/ScheduledReport/resume/" + twin + "?plan=" + plan;
    assertThat(ada.put(others).status()).isEqualTo(409);
    Api admin = world.as("admin");
    assertThat(admin.put(path + "?plan=" + plan).message())
        .isEqualTo(
            "The plan does not hold any more: it is none that you were shown of this report as it"
                + " is now");
    assertThat(world.as("grace").put(path + "?plan=" + plan).status()).isEqualTo(404);
    String forged = (plan.startsWith("A") ? "B" : "A") + plan.substring(1);
    for (String wrong :
        List.of(forged, plan.substring(0, 20), plan + "A", "x", "%F0%9F%98%80", "A".repeat(4000))) {
      assertThat(ada.put(path + "?plan=" + wrong).status()).as(wrong).isEqualTo(409);
    }
    // What was not shown is not done, even if the plan itself holds.
    assertThat(ada.put(path + "?catchUp=all&plan=" + plan).status()).isEqualTo(400);
    assertThat(ada.get("/ScheduledReport").body()).isEqualTo(before);
    assertThat(ada.put(path + "?catchUp=latest&plan=" + plan).status()).isEqualTo(200);
    assertThat(ada.put(path + "?plan=" + plan).status()).isEqualTo(409);
  }

  @Test
  void aPlanOverTheQuotaIsRefusedAndTheReportStaysPaused() {
    try (var full = World.in(data, "--set", "limits.active-reports=1")) {
      Api caller = full.as("ada");
      String start = "\"StartTime\":\"%s\",\"RecurrenceInterval\":4".formatted(full.in(4));
      String query = caller.query("SELECT OrderId FROM ISVOrder LIMIT 1");
      String report = caller.report(query, start);
      caller.put("/ScheduledReport/pause/" + report);
      String path = "/ScheduledReport/resume/" + report;
      String plan = caller.put(path + "?dryRun=true").text("Plan");
      caller.report(query, start);
      Reply refused = caller.put(path + "?plan=" + plan);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.message()).startsWith("User has exceeded its report creation quota");
      assertThat(caller.get("/ScheduledReport?reportId=" + report).text("ReportStatus"))
          .isEqualTo("Paused");
    }
  }

  @Test
  void aDryRunIsRefusedAsTheResumeWouldBe() {
    String report = report(ada, ",\"RecurrenceCount\":1");
    ada.advance("PT4H");
    Reply inactive = ada.put("/ScheduledReport/resume/" + report + "?dryRun=true");
    assertThat(inactive.status()).isEqualTo(400);
    assertThat(inactive.message())
        .isEqualTo("Report is inactive: all 1 reports have been generated");
    String unseen = "/ScheduledReport/resume/" + report + "?dryRun=true";
    assertThat(world.as("grace").put(unseen).status()).isEqualTo(404);
  }

  private static List<String> slots(Instant from, int... hours) {
    return Arrays.stream(hours)
        .mapToObj(hour -> from.plusSeconds(hour * 3600L).toString())
        .toList();
  }
}
