package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a caller may say with a pause and a resume, and what is refused without any change.
@Tag("store")
class OptionsTest {
  private final World world = World.shared();
  private final Api ada = world.as("ada-options");

  private String report() {
    return ada.report(
        ada.query("SELECT OrderId FROM ISVOrder LIMIT 1"),
        "\"StartTime\":\"%s\",\"RecurrenceInterval\":24".formatted(world.in(4)));
  }

  /// Calls that are refused with this, in every state that the report may be in.
  private void isRefused(String report, String path, String body, String message) {
    String reports = ada.get("/ScheduledReport").body();
    String executions =
        ada.get("/ScheduledReport/execution/" + report + "?executionStatus=Pending;Paused").body();
    Reply refused = ada.put("/ScheduledReport/" + path, body);
    assertThat(refused.message()).as(path + body).startsWith("Invalid value: " + message);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.value()).isEmpty();
    assertThat(ada.get("/ScheduledReport").body()).isEqualTo(reports);
    assertThat(
            ada.get("/ScheduledReport/execution/" + report + "?executionStatus=Pending;Paused")
                .body())
        .isEqualTo(executions);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resume?dryRun=perhaps | dryRun can only be true or false, it is perhaps",
        "resume?dryRun=1 | dryRun can only be true or false, it is 1",
        "resume?dryRun=true&plan=x | dryRun and plan are given together",
        "resume?catchUp=some | catchUp can only be skip, latest, all or merged, it is some",
        "resume?catchUp=latest;all | catchUp can only be skip, latest, all or merged",
        "resume?catchUp=latest&catchUp=all | catchUp is given twice, as latest and all",
        "resume?plan=x&plan=y | plan is given twice, as x and y",
        "resume?dryRun=true&DRYRUN=false | DRYRUN is given twice, as true and false",
        "resume?mode=finish | mode is for a pause",
        "resume?until=2030-01-01T00:00:00Z | until is for a pause",
        "pause?dryRun=true | dryRun is for a resume",
        "pause?plan=x | plan is for a resume",
        "pause?mode=stop | mode can only be finish or cancel, it is stop",
        "pause?mode=f%C4%B1nish | mode can only be finish or cancel, it is fınish",
        "pause?mode=finish&mode=cancel | mode is given twice, as finish and cancel",
        "pause?catchUp=both | catchUp can only be skip, latest, all or merged, it is both",
        "pause?until=tomorrow | until should follow format: yyyy-MM-ddTHH:mm:ssZ, it is tomorrow",
        "pause?until=2026-02-30T00:00:00Z | until should follow format",
        "pause?until=2030-01-01 | until should follow format",
        "pause?until=2030-01-01T00:00:00 | until should follow format",
        "pause?until=2030-01-01T00:00:00%2B01:00 | until should follow format",
        "pause?until=99999-01-01T00:00:00Z | until should follow format",
        "pause?reason=a&reason=b | reason is given twice, as a and b",
        "pause?reason=a%00b | reason holds a character that is no text",
        "resume?reason=a%0d%1b%5b31m | reason holds a character that is no text"
      })
  void whatCannotBeIsRefusedAndChangesNothing(String call, String message) {
    String report = report();
    String path = call.replace("?", "/" + report + "?");
    isRefused(report, path, "", message);
    ada.put("/ScheduledReport/pause/" + report);
    isRefused(report, path, "", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pause | {'mode':'stop'} | mode can only be finish or cancel, it is stop",
        "pause | {'dryRun':true} | dryRun is for a resume",
        "resume | {'catchUp':0} | catchUp can only be skip, latest, all or merged, it is 0",
        "resume | {'dryRun':'no'} | dryRun can only be true or false, it is no",
        "resume | {'dryRun':true,'plan':'x'} | dryRun and plan are given together",
        "resume | {'Mode':'cancel'} | mode is for a pause"
      })
  void inTheBodyToo(String verb, String body, String message) {
    String report = report();
    isRefused(report, verb + "/" + report, body.replace('\'', '"'), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'mode':['finish']}",
        "{'until':{}}",
        "{'reason':['x']}",
        "{'mode':'finish','MODE':'cancel'}",
        "{'reason':'x\\u0000'}",
        "[]",
        "no JSON"
      })
  void aBodyThatIsNoneIsRefused(String body) {
    String report = report();
    Reply refused = ada.put("/ScheduledReport/pause/" + report, body.replace('\'', '"'));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(ada.get("/ScheduledReport?reportId=" + report).one())
        .containsEntry("ReportStatus", "Active")
        .containsEntry("ModifiedTime", null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pause?mode=FINISH&catchUp=Merged&reason=Month+end",
        "pause?mode=cancel&mode=cancel",
        "pause?mode=&catchUp=&until=&reason=&dryRun=&plan=",
        "pause?until=%202030-01-01T00:00:00Z%20",
        "pause?unknown=x",
        "resume?dryRun=False&plan=&mode=",
        "resume?catchUp=ALL",
        "resume?reason=Over"
      })
  void whatCanBeIsTakenInAnyCasing(String call) {
    String report = report();
    String path = call.replace("?", "/" + report + "?");
    assertThat(ada.put("/ScheduledReport/" + path).status()).isEqualTo(200);
    assertThat(ada.get("/ScheduledReport?reportId=" + report).text("ReportStatus"))
        .isEqualTo(call.startsWith("pause") ? "Paused" : "Active");
  }

  @Test
  void aReasonHasALimitForEachOrder() {
    String report = report();
    String longest = "{\"reason\":\"" + "x".repeat(256) + "\"}";
    String longer = "{\"reason\":\"" + "x".repeat(257) + "\"}";
    String message = "reason is limited to 256 characters, it has 257";
    isRefused(report, "pause/" + report, longer, message);
    assertThat(ada.put("/ScheduledReport/pause/" + report, longest).status()).isEqualTo(200);
    isRefused(report, "pause/" + report, longer, message);
    isRefused(report, "resume/" + report, longer, message);
    assertThat(ada.put("/ScheduledReport/resume/" + report, longest).status()).isEqualTo(200);
  }

  @Test
  void aTimeThatHasComeIsRefusedAndOneAtTheEndIsNot() {
    Api newer = ada.under("/insights/v1.1/cmp");
    String end = world.in(28);
    String report =
        newer.report(
            ada.query("SELECT OrderId FROM ISVOrder LIMIT 1"),
            "\"StartTime\":\"%s\",\"EndTime\":\"%s\",\"RecurrenceInterval\":24,\"RecurrenceCount\":9"
                .formatted(world.in(4), end));
    String path = "/ScheduledReport/pause/" + report + "?until=";
    String before = ada.get("/ScheduledReport").body();
    for (int hours : new int[] {-1, 0, 29}) {
      Reply refused = ada.put(path + world.in(hours));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.message())
          .startsWith(
              "A pause can only last until a later time, and not beyond EndTime: until is ");
    }
    assertThat(ada.get("/ScheduledReport").body()).isEqualTo(before);
    assertThat(ada.put(path + end).message()).isEqualTo("Report paused successfully");
    ada.advance("PT28H");
    assertThat(ada.completed(report)).isEqualTo(1); // Its last slot is at its end.
  }

  @Test
  void aTimeWithASpaceIsNoneUnderTheDocumentedProfile() {
    String report = report();
    isRefused(
        report,
        "pause/" + report,
        "{\"until\":\"2030-01-01 00:00:00Z\"}",
        "until should follow format: yyyy-MM-ddTHH:mm:ssZ");
  }
}
