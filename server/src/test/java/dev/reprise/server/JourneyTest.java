package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// From a query to a downloaded file, through a pause and a resume.
@Tag("store")
class JourneyTest {
  private final World world = World.shared();

  @ParameterizedTest
  @CsvSource({
    "/insights/v1/cmp, ISVOrder, OrderId",
    "/insights/v1.1/cmp, ISVCustomer, CustomerId",
    "/analytics/cmp, ISVOrder, OrderId",
    "/insights/v1/mpn, AzureUsage, SubscriptionId",
    "/insights/v1.1/mpn, OfficeUsage, MPNId"
  })
  void aReportRunsPausesResumesAndItsFileIsDownloaded(String base, String dataset, String column) {
    Api ada = world.as("ada-journey").under(base);
    String query = ada.query("SELECT " + column + " FROM " + dataset + " TIMESPAN LAST_6_MONTHS");
    String report =
        ada.report(
            query,
            "\"StartTime\":\"%s\",\"RecurrenceInterval\":24,\"RecurrenceCount\":10"
                .formatted(world.in(5)));
    assertThat(ada.get("/ScheduledReport/execution/" + report).status()).isEqualTo(404);
    String pending = pending(ada, report, "Pending");

    assertThat(ada.advance("P1D").status()).isEqualTo(200);
    Reply completed = ada.get("/ScheduledReport/execution/" + report);
    assertThat(completed.text("ExecutionId")).isEqualTo(pending);
    assertThat(completed.text("ExecutionStatus")).isEqualTo("Completed");

    String next = pending(ada, report, "Pending");
    assertThat(ada.put("/ScheduledReport/pause/" + report).text("ReportStatus"))
        .isEqualTo("Paused");
    assertThat(pending(ada, report, "Paused")).isEqualTo(next);
    ada.advance("P3D");
    assertThat(ada.completed(report)).isEqualTo(1);
    assertThat(ada.put("/ScheduledReport/resume/" + report).text("ReportStatus"))
        .isEqualTo("Active");
    assertThat(pending(ada, report, "Pending")).isEqualTo(next);
    ada.advance("P1D");
    assertThat(ada.completed(report)).isEqualTo(2);
    Reply latest = ada.get("/ScheduledReport/execution/" + report);
    assertThat(latest.text("ExecutionId")).isEqualTo(next);

    Reply file = download(ada, latest);
    List<CsvRecord> rows = CsvReader.builder().ofCsvRecord(file.body()).stream().toList();
    assertThat(rows.getFirst().getFields()).containsExactly(column);
    assertThat(rows).hasSizeGreaterThan(2);
    assertThat(file.response().headers().firstValue("ETag")).contains(quotedSha256(file.body()));
  }

  @Test
  void aReportThatIsAskedForNowRunsAtOnceAndIsThenInactive() {
    Api ada = world.as("ada-now");
    String query = ada.query("SELECT OfferName, OrderQuantity FROM ISVOrder LIMIT 3");
    Reply created = ada.createReport(query, "\"ExecuteNow\":\"true\",\"Format\":\"TSV\"");
    assertThat(created.text("Format")).isEqualTo("tsv");
    assertThat(created.one()).containsEntry("StartTime", null);
    ada.advance("PT0S");
    String report = created.text("ReportId");
    assertThat(ada.get("/ScheduledReport?reportId=" + report).text("ReportStatus"))
        .isEqualTo("Inactive");
    Reply file = download(ada, ada.get("/ScheduledReport/execution/" + report));
    assertThat(file.body().lines()).hasSize(4).first().isEqualTo("OfferName\tOrderQuantity");
    assertThat(file.response().headers().firstValue("Content-Type"))
        .contains("text/tab-separated-values; charset=utf-8");
  }

  @Test
  void everyExecutionSeesItsOwnSlotAsTheTime(@TempDir Path data) {
    try (var alone = World.in(data)) {
      slotsAreTheTime(alone);
    }
  }

  private static void slotsAreTheTime(World world) {
    Api ada = world.as("ada").under("/insights/v1.1/cmp");
    String query = ada.query("SELECT UsageDate FROM ISVUsage TIMESPAN LAST_MONTH");
    String report =
        ada.report(
            query,
            "\"StartTime\":\"%s\",\"RecurrenceInterval\":720,\"RecurrenceCount\":3"
                .formatted(world.in(4)));
    ada.advance("P90D");
    Reply executions =
        ada.get("/ScheduledReport/execution/" + report + "?getLatestExecution=false");
    assertThat(executions.value()).hasSize(3);
    for (var execution : executions.value()) {
      String generated = String.valueOf(execution.get("ReportGeneratedTime"));
      String lastMonth = YearMonth.parse(generated.substring(0, 7)).minusMonths(1).toString();
      String body =
          ada.send("GET", "" + execution.get("ReportAccessSecureLink"), "", List.of()).body();
      assertThat(body.lines().skip(1)).isNotEmpty().allMatch(day -> day.startsWith(lastMonth));
    }
    assertThat(executions.value().getFirst()).containsEntry("RemainingRecurrenceCount", 0);
    assertThat(ada.get("/ScheduledReport?reportId=" + report).text("ReportStatus"))
        .isEqualTo("Inactive");
  }

  @Test
  void aReportRunsWithTheRightsOfItsOwner() {
    Api viewer = world.as("viewer");
    String query = viewer.query("SELECT CustomerId, Email FROM ISVCustomer TIMESPAN LIFETIME");
    String report = viewer.report(query, "\"ExecuteNow\":true");
    viewer.advance("PT0S");
    Reply file = download(viewer, viewer.get("/ScheduledReport/execution/" + report));
    assertThat(file.body().lines().skip(1)).isNotEmpty().allMatch(line -> line.endsWith(","));
  }

  private static String pending(Api caller, String report, String status) {
    return caller
        .get("/ScheduledReport/execution/" + report + "?executionStatus=" + status)
        .text("ExecutionId");
  }

  private static Reply download(Api caller, Reply executions) {
    Reply file =
        caller
            .withToken(Optional.empty())
            .send("GET", executions.text("ReportAccessSecureLink"), "", List.of());
    assertThat(file.status()).isEqualTo(200);
    return file;
  }

  private static String quotedSha256(String body) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      return "\"" + HexFormat.of().formatHex(hash) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
