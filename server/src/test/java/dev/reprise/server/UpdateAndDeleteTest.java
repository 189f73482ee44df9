package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Reports that are changed and removed.
@Tag("store")
class UpdateAndDeleteTest {
  private final World world = World.shared();

  private static final String BODY = "{\"ReportName\":\"%s\",\"StartTime\":\"%s\"%s}";

  private String report(Api caller, String start, int count) {
    return caller.report(
        caller.query("SELECT OrderId FROM ISVOrder"),
        "\"StartTime\":\"%s\",\"RecurrenceInterval\":24,\"RecurrenceCount\":%d"
            .formatted(start, count));
  }

  @Test
  void whatAnUpdateDoesNotSayStays() {
    Api ada = world.as("ada-updates").under("/insights/v1.1/cmp");
    String start = world.in(5);
    String report = report(ada, start, 3);
    Reply before = ada.get("/ScheduledReport?reportId=" + report);
    ada.advance("PT1S");
    Reply updated =
        ada.put(
            "/ScheduledReport/" + report,
            BODY.formatted("Renamed", start, ",\"RecurrenceCount\":4,\"Format\":\"TSV\""));
    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.message()).isEqualTo("Report updated successfully");
    assertThat(updated.one())
        .containsEntry("ReportName", "Renamed")
        .containsEntry("RecurrenceCount", 4)
        .containsEntry("Format", "tsv")
        .containsEntry("RecurrenceInterval", 24)
        .containsEntry("StartTime", start)
        .containsEntry("QueryId", before.one().get("QueryId"));
    assertThat(updated.one().get("ModifiedTime")).isNotNull();
    ada.advance("PT1S");
    Reply same = ada.put("/ScheduledReport/" + report, BODY.formatted("Renamed", start, ""));
    assertThat(same.one()).isEqualTo(updated.one());
    ada.delete("/ScheduledReport/" + report);
  }

  @Test
  void theReportsOwnQueryIsNamedFreelyInAnUpdate() {
    Api ada = world.as("ada-keeps");
    String start = world.in(5);
    String report = report(ada, start, 3);
    String query = ada.get("/ScheduledReport?reportId=" + report).text("QueryId");
    String body = BODY.formatted("Again", start, ",\"QueryId\":\"" + query + "\"");
    assertThat(world.as("admin").put("/ScheduledReport/" + report, body).status()).isEqualTo(200);
    ada.delete("/ScheduledQueries/" + query);
    Reply kept = ada.put("/ScheduledReport/" + report, body.replace("Again", "Once more"));
    assertThat(kept.status()).isEqualTo(200);
    assertThat(kept.one())
        .containsEntry("QueryId", query)
        .containsEntry("Query", "SELECT OrderId FROM ISVOrder")
        .containsEntry("ReportName", "Once more");
    ada.delete("/ScheduledReport/" + report);
  }

  @Test
  void aHigherCountBringsAReportBack() {
    Api ada = world.as("ada-more");
    String start = world.in(5);
    String report = report(ada, start, 1);
    ada.advance("P1D");
    assertThat(ada.get("/ScheduledReport?reportId=" + report).text("ReportStatus"))
        .isEqualTo("Inactive");
    Reply same = ada.put("/ScheduledReport/" + report, BODY.formatted("Other", start, ""));
    assertThat(same.status()).isEqualTo(400);
    assertThat(same.message()).startsWith("Report is inactive: all 1 reports");
    String more = BODY.formatted("Other", start, ",\"RecurrenceCount\":2");
    assertThat(ada.put("/ScheduledReport/" + report, more).text("ReportStatus"))
        .isEqualTo("Active");
    ada.advance("P1D");
    assertThat(ada.completed(report)).isEqualTo(2);
  }

  @Test
  void anUpdateIsCheckedLikeANewReport() {
    Api ada = world.as("ada-wrong");
    String start = world.in(5);
    String report = report(ada, start, 3);
    String path = "/ScheduledReport/" + report;
    assertThat(ada.put(path, "{\"ReportName\":\"x\"}").message())
        .isEqualTo("Null or missing value: StartTime is required");
    assertThat(ada.put(path, BODY.formatted("x", world.in(1), "")).message())
        .contains("at least be 4 hours");
    assertThat(ada.put(path, BODY.formatted("x", start, ",\"RecurrenceInterval\":3")).status())
        .isEqualTo(400);
    assertThat(ada.put(path, BODY.formatted("x", start, ",\"QueryId\":\"no\"")).message())
        .startsWith("Invalid QueryId");
    Reply now = ada.put(path, BODY.formatted("Daily", start, ",\"ExecuteNow\":true"));
    assertThat(now.status()).isEqualTo(200);
    assertThat(now.one()).containsEntry("StartTime", start).containsEntry("ModifiedTime", null);
    assertThat(world.as("grace").put(path, BODY.formatted("x", start, "")).status()).isEqualTo(404);
    assertThat(ada.get("/ScheduledReport?reportId=" + report).text("ReportName"))
        .isEqualTo("Daily");
    ada.delete(path);
  }

  @Test
  void aDeletedReportIsGoneWithItsFiles() {
    Api ada = world.as("ada-gone");
    String report = report(ada, world.in(5), 3);
    ada.advance("P1D");
    Reply executions = ada.get("/ScheduledReport/execution/" + report);
    String link = executions.text("ReportAccessSecureLink");
    assertThat(ada.send("GET", link, "", List.of()).status()).isEqualTo(200);
    String key = link.replaceAll(".*/results/([^?]*)\\?.*", "$1");
    assertThat(world.core.results.open(key)).isPresent();

    assertThat(world.as("grace").delete("/ScheduledReport/" + report).status()).isEqualTo(404);
    Reply deleted = ada.delete("/ScheduledReport/" + report);
    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.message()).isEqualTo("Report deleted successfully");
    assertThat(ada.get("/ScheduledReport?reportId=" + report).status()).isEqualTo(404);
    assertThat(ada.get("/ScheduledReport/execution/" + report).status()).isEqualTo(404);
    assertThat(ada.send("GET", link, "", List.of()).status()).isEqualTo(404);
    assertThat(world.core.results.open(key)).isEmpty();
    assertThat(ada.delete("/ScheduledReport/" + report).status()).isEqualTo(404);
  }
}
