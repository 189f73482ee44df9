package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sentences of the contract that no other test is about.
class WireSentencesTest {
  private static final String ORDERS = "SELECT OrderId FROM ISVOrder";
  private static final String MORE = "?getLatestExecution=FALSE";

  private final World world = World.shared();

  @ParameterizedTest
  @CsvSource({
    "/insights/v1/mpn, ReportId ReportName Description QueryId Query User CreatedTime ModifiedTime ExecuteNow StartTime ReportStatus RecurrenceInterval RecurrenceCount CallbackUrl CallbackMethod Format",
    "/insights/v1.1/mpn, ReportId ReportName Description QueryId Query User CreatedTime ModifiedTime ExecuteNow QueryStartTime QueryEndTime StartTime EndTime ReportStatus RecurrenceInterval RecurrenceCount CallbackUrl CallbackMethod Format",
  })
  void reportsOfPartnersHaveTheirOwnFields(String base, String fields) {
    Api ada = world.as("ada-fields").under(base);
    Reply report =
        ada.createReport(
            ada.query("SELECT MPNId FROM OfficeUsage"), scheduled(24) + ",\"RecurrenceCount\":1");
    assertThat(report.one().keySet()).containsExactly(fields.split(" "));
    assertThat(report.one())
        .containsEntry("CallbackMethod", "POST")
        .containsEntry("Format", "csv")
        .containsEntry("ExecuteNow", false)
        .containsEntry("Description", null)
        .containsEntry("CallbackUrl", null);
    ada.delete("/ScheduledReport/" + report.text("ReportId"));
  }

  @ParameterizedTest
  @CsvSource({
    "/insights/v1/cmp, ''",
    "/analytics/cmp, ''",
    "/insights/v1/mpn, ''",
    "/insights/v1.1/cmp, ' RemainingRecurrenceCount EndTime NextExecutionStartTime'",
    "/insights/v1.1/mpn, ' RemainingRecurrenceCount EndTime NextExecutionStartTime'",
  })
  void executionsAndQueriesHaveTheDocumentedFields(String base, String more) {
    Api ada = world.as("ada-shapes").under(base);
    Reply query = ada.createQuery(base.endsWith("mpn") ? "SELECT MPNId FROM OfficeUsage" : ORDERS);
    assertThat(query.one().keySet())
        .containsExactly(
            "QueryId Name Description Query Type User CreatedTime ModifiedTime".split(" "));
    String report = ada.report(query.text("QueryId"), scheduled(24) + ",\"RecurrenceCount\":3");
    Reply execution = ada.get("/ScheduledReport/execution/" + report + "?executionStatus=PENDING");
    assertThat(execution.one().keySet())
        .containsExactly(
            ("ExecutionId ReportId RecurrenceInterval RecurrenceCount CallbackUrl CallbackMethod Format ExecutionStatus ReportLocation ReportAccessSecureLink ReportExpiryTime ReportGeneratedTime"
                    + more)
                .split(" "));
    if (!more.isEmpty()) {
      assertThat(execution.one())
          .containsEntry("RemainingRecurrenceCount", 3)
          .containsEntry("EndTime", null)
          .containsEntry("NextExecutionStartTime", world.in(5));
    }
    ada.delete("/ScheduledReport/" + report);
  }

  @ParameterizedTest
  @CsvSource({
    "/insights/v1/cmp, 10, MinimumRecurrenceInterval",
    "/analytics/cmp, 10, MinimumRecurrenceInterval",
    "/insights/v1.1/cmp, 100, MinimumRecurrenceInterval",
    "/insights/v1/mpn, 100, minimumRecurrenceInterval",
    "/insights/v1.1/mpn, 100, MinimumRecurrenceInterval",
  })
  void trialsAndDatasetsDependOnProgramAndVersion(String base, int rows, String interval) {
    Api ada = world.as("ada-looks").under(base);
    String text =
        base.endsWith("mpn")
            ? "SELECT+SubscriptionId+FROM+AzureUsage+TIMESPAN+LAST_2_YEARS"
            : "SELECT+OrderId+FROM+ISVOrder+TIMESPAN+LIFETIME";
    Reply trial = ada.get("/ScheduledQueries/testQueryResult?QUERYID=none&exportQuery=" + text);
    assertThat(trial.value()).as("exportQuery wins").hasSize(rows);
    assertThat(trial.json()).containsEntry("TotalCount", rows);
    assertThat(ada.get("/ScheduledDataset").value())
        .allSatisfy(dataset -> assertThat(dataset).containsKey(interval));
  }

  @Test
  void whatIsMadeUnderOneProgramDoesNotExistInTheOther() {
    Api cmp = world.as("ada-programs");
    Api mpn = cmp.under("/insights/v1/mpn");
    String query = cmp.query(ORDERS);
    String report = cmp.report(query, scheduled(24));
    for (String base : List.of("/insights/v1/cmp", "/insights/v1.1/cmp", "/analytics/cmp")) {
      assertThat(cmp.under(base).get("/ScheduledReport?reportId=" + report).value()).hasSize(1);
      assertThat(cmp.under(base).get("/ScheduledQueries?queryId=" + query).value()).hasSize(1);
    }
    assertThat(mpn.get("/ScheduledReport?reportId=" + report).status()).isEqualTo(404);
    assertThat(mpn.get("/ScheduledReport/execution/" + report).status()).isEqualTo(404);
    assertThat(mpn.get("/ScheduledQueries?queryId=" + query).status()).isEqualTo(404);
    assertThat(mpn.get("/ScheduledQueries/testQueryResult?queryId=" + query).message())
        .startsWith("Invalid QueryId");
    assertThat(mpn.createReport(query, scheduled(24)).message()).startsWith("Invalid QueryId");
    assertThat(mpn.delete("/ScheduledQueries/" + query).status()).isEqualTo(404);
    assertThat(mpn.delete("/ScheduledReport/" + report).status()).isEqualTo(404);
    assertThat(cmp.delete("/ScheduledReport/" + report).status()).isEqualTo(200);
  }

  @Test
  void whatRunsNowIgnoresItsScheduleWhateverThatHolds() {
    Api ada = world.as("ada-anything").under("/insights/v1.1/cmp");
    Reply created =
        ada.createReport(
            ada.query("SELECT OrderPurchaseDate FROM ISVOrder"),
            "\"executenow\":\"TRUE\",\"StartTime\":{\"a\":[1]},\"RecurrenceInterval\":[],"
                + "\"RecurrenceCount\":\"many\",\"recurrencecount\":-7,\"EndTime\":false,"
                + "\"QueryStartTime\":\"2025-06-01\",\"QueryEndTime\":\"2025-07-01T00:00:00Z\"");
    assertThat(created.status()).as(created.body()).isEqualTo(200);
    assertThat(created.one())
        .containsEntry("ExecuteNow", true)
        .containsEntry("QueryStartTime", "2025-06-01T00:00:00Z")
        .containsEntry("QueryEndTime", "2025-07-01T00:00:00Z")
        .containsEntry("StartTime", null)
        .containsEntry("EndTime", null)
        .containsEntry("RecurrenceInterval", null)
        .containsEntry("RecurrenceCount", null);
    ada.advance("PT0S");
    Reply done = ada.get("/ScheduledReport/execution/" + created.text("ReportId"));
    String file = ada.send("GET", done.text("ReportAccessSecureLink"), "", List.of()).body();
    assertThat(file.lines().skip(1)).isNotEmpty().allMatch(day -> day.startsWith("2025-06-"));
  }

  @Test
  void whatDoesNotRunNowIgnoresAPeriod() {
    Api ada = world.as("ada-period").under("/insights/v1.1/cmp");
    Reply created =
        ada.createReport(
            ada.query(ORDERS),
            scheduled(24)
                + ",\"RecurrenceCount\":2,\"ExecuteNow\":null,\"QueryStartTime\":\"nonsense\",\"QueryEndTime\":[]");
    assertThat(created.one())
        .containsEntry("ExecuteNow", false)
        .containsEntry("QueryStartTime", null)
        .containsEntry("QueryEndTime", null);
    ada.delete("/ScheduledReport/" + created.text("ReportId"));
  }

  @Test
  void anEndCountsInEveryVersionAndIsShownByTheSecond() {
    Api ada = world.as("ada-end");
    String first = scheduled(24) + ",\"RecurrenceCount\":2,\"EndTime\":\"%s\"";
    String report = ada.report(ada.query(ORDERS), first.formatted(world.in(100)));
    Api second = ada.under("/insights/v1.1/cmp");
    assertThat(second.get("/ScheduledReport?reportId=" + report).one())
        .containsEntry("EndTime", world.in(100));
    String later = "{\"ReportName\":\"Later\"," + first.formatted(world.in(200)) + "}";
    assertThat(ada.put("/ScheduledReport/" + report, later).status()).isEqualTo(200);
    assertThat(second.get("/ScheduledReport?reportId=" + report).one())
        .containsEntry("EndTime", world.in(200));
    ada.delete("/ScheduledReport/" + report);
  }

  @Test
  void aClientMaySendEveryKeyTwice() {
    Api ada = world.as("ada-twice");
    String twice =
        "\"ReportName\":\"Daily\",\"reportName\":\"Daily\",\"queryId\":null,"
            + "\"recurrenceInterval\":24,\"startTime\":\""
            + world.in(5)
            + "\","
            + "\"RecurrenceCount\":2,\"recurrenceCount\":\"2\",\"ExecuteNow\":false,\"executeNow\":false,"
            + "\"Format\":\"Tsv\",\"format\":\"Tsv\",\"CallbackUrl\":null,\"callbackUrl\":\"https://example.org/x\","
            + "\"CallbackMethod\":\"gEt\",\"callbackMethod\":null,\"Description\":null,\"description\":null";
    Reply created = ada.createReport(ada.query(ORDERS), scheduled(24) + "," + twice);
    assertThat(created.status()).as(created.body()).isEqualTo(200);
    Reply report =
        ada.under("/insights/v1.1/cmp")
            .get("/ScheduledReport?reportId=" + created.text("ReportId"));
    assertThat(report.one())
        .containsEntry("RecurrenceCount", 2)
        .containsEntry("Format", "tsv")
        .containsEntry("CallbackMethod", "GET")
        .containsEntry("CallbackUrl", "https://example.org/x")
        .containsEntry("Description", null);
    ada.delete("/ScheduledReport/" + created.text("ReportId"));
  }

  @Test
  void executionsAreListedForNinetyDaysAndFoundById(@TempDir Path data) {
    try (var alone = World.in(data)) {
      Api ada = alone.as("ada");
      String report =
          ada.report(
              ada.query(ORDERS + " LIMIT 1"),
              "\"RecurrenceInterval\":24,\"RecurrenceCount\":3,\"StartTime\":\"%s\""
                  .formatted(alone.in(5)));
      String path = "/ScheduledReport/execution/" + report;
      ada.advance("P3D");
      List<String> ids = new ArrayList<>();
      ada.get(path + MORE).value().forEach(one -> ids.add(String.valueOf(one.get("ExecutionId"))));
      assertThat(ids).hasSize(3);
      assertThat(ada.get(path).text("ExecutionId")).isEqualTo(ids.getFirst());
      String two = ids.get(2) + "%3B" + ids.get(1).toUpperCase(Locale.ROOT) + ";none";
      assertThat(ada.get(path + "?ExecutionId=" + two).value()).hasSize(2);
      assertThat(ada.get(path + "?executionId=none").status()).isEqualTo(404);
      assertThat(ada.get(path + "?executionId=" + ids.get(1) + "&executionStatus=failed").status())
          .isEqualTo(404);

      Reply latest = ada.get(path);
      assertThat(latest.text("ReportExpiryTime")).isEqualTo(alone.in(24));
      ada.advance("PT1H");
      Reply again = ada.get(path);
      assertThat(again.text("ReportAccessSecureLink"))
          .isNotEqualTo(latest.text("ReportAccessSecureLink"));
      ada.advance("P90D");
      assertThat(ada.get(path + MORE).status()).isEqualTo(404);
      assertThat(ada.get(path).text("ExecutionId")).isEqualTo(ids.getFirst());
      assertThat(again.text("ReportExpiryTime")).isLessThan(alone.in(0));
      assertThat(ada.send("GET", again.text("ReportAccessSecureLink"), "", List.of()).status())
          .isEqualTo(403);
    }
  }

  @Test
  void anAdministratorSeesEveryUsersReportsOfTheTenantOnly() {
    Api ada = world.as("ada-seen");
    String report = ada.report(ada.query(ORDERS), scheduled(24));
    String path = "/ScheduledReport?reportId=" + report;
    Api admin = world.as("admin");
    assertThat(admin.get(path).one()).containsEntry("User", "ada-seen");
    String pending = "/ScheduledReport/execution/" + report + "?executionStatus=Pending";
    assertThat(admin.get(pending).value()).hasSize(1);
    for (Api other :
        List.of(
            world.as("grace"),
            world.as("viewer"),
            world.as("admin", "fabrikam"),
            world.as("ada-seen", "fabrikam"))) {
      assertThat(other.get(path).status()).isEqualTo(404);
      assertThat(other.get(pending).status()).isEqualTo(404);
      assertThat(other.delete("/ScheduledReport/" + report).status()).isEqualTo(404);
    }
    assertThat(world.as("guest").get(path).status()).isEqualTo(403);
    assertThat(admin.delete("/ScheduledReport/" + report).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "SELECT+CustomerId+FROM+ISVCustomer+ORDER+BY+Email, 403, false",
    "SELECT+CustomerId+FROM+ISVCustomer+WHERE+Email='x', 403, false",
    "SELECT+CustomerId+FROM+ISVCustomer+TIMESPAN+LIFETIME, 200, false",
    "SELECT+Email+FROM+ISVCustomer+TIMESPAN+LIFETIME, 200, true",
  })
  void aViewerNeitherSeesNorUsesSensitiveColumns(String text, int status, boolean redacted) {
    String path = "/ScheduledQueries/testQueryResult?exportQuery=" + text;
    Reply viewer = world.as("viewer").get(path);
    assertThat(viewer.status()).isEqualTo(status);
    assertThat(viewer.json().containsKey("DataRedacted")).isEqualTo(redacted);
    if (redacted) {
      assertThat(viewer.json().keySet())
          .containsExactly("Value", "TotalCount", "Message", "StatusCode", "DataRedacted");
    }
    Reply executive = world.as("ada-executive").get(path);
    assertThat(executive.status()).isEqualTo(200);
    assertThat(executive.json()).doesNotContainKey("DataRedacted");
  }

  @Test
  void aQuotaOfQueriesHoldsForAllProgramsTogether(@TempDir Path data) {
    try (var alone = World.in(data, "--set", "limits.queries=2")) {
      Api ada = alone.as("ada");
      ada.query(ORDERS);
      Api mpn = ada.under("/insights/v1/mpn");
      mpn.query("SELECT MPNId FROM OfficeUsage");
      assertThat(ada.createQuery(ORDERS).message()).startsWith("Number of queries exceeded");
      assertThat(mpn.createQuery("SELECT MPNId FROM OfficeUsage").status()).isEqualTo(400);
      assertThat(alone.as("grace").createQuery(ORDERS).status()).isEqualTo(200);
    }
  }

  @Test
  void aBodyNeedsItsTypeAndACallWithoutOneNeedsNone() {
    Api ada = world.as("ada-types");
    String report = ada.report(ada.query(ORDERS), scheduled(24));
    String path = "/insights/v1/cmp/ScheduledReport/pause/" + report;
    assertThat(ada.send("PUT", path, "{}", List.of()).message())
        .isEqualTo("Content-Type should be application/json: it is missing");
    assertThat(ada.send("PUT", path, "null", List.of("Content-Type", "APPLICATION/JSON")).status())
        .isEqualTo(400);
    assertThat(ada.send("PUT", path, "", List.of("Content-Type", "text/plain")).status())
        .isEqualTo(200);
    assertThat(ada.send("DELETE", path.replace("/pause", ""), "", List.of()).status())
        .isEqualTo(200);
  }

  @Test
  void aNameOfAQueryIsLimited() {
    Api ada = world.as("ada-names");
    String body = "{\"Name\":\"%s\",\"Description\":\"%s\",\"Query\":\"" + ORDERS + "\"}";
    String longest = "x".repeat(256);
    assertThat(ada.post("/ScheduledQueries", body.formatted(longest, longest)).status())
        .isEqualTo(200);
    for (String bad :
        List.of(body.formatted(longest + "x", ""), body.formatted("x", longest + "x"))) {
      assertThat(ada.post("/ScheduledQueries", bad).message())
          .isEqualTo("Limit Name and Description length to 256 characters or less");
    }
  }

  private String scheduled(int hours) {
    return "\"RecurrenceInterval\":%d,\"StartTime\":\"%s\"".formatted(hours, world.in(5));
  }
}
