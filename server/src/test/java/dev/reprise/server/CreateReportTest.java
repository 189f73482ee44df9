package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What creating queries and reports refuses, in the documented words.
@Tag("store")
class CreateReportTest {
  private static final String WRONG = "Invalid report parameters for creation - ";
  private final World world = World.shared();
  private final Api ada = world.as("ada-create");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"StartTime\":null                | Null or missing value: StartTime is required",
        "\"RecurrenceInterval\":null       | Null or missing value: RecurrenceInterval is required",
        "\"ReportName\":null               | Null or missing value: ReportName is required",
        "\"ReportName\":\"  \"             | Null or missing value: ReportName is required",
        "\"QueryId\":null                  | Null or missing value: QueryId is required",
        "\"QueryId\":\"nope\"              | Invalid QueryId",
        "\"RecurrenceInterval\":3          | Recurrence Interval must be between 4 and 2160",
        "\"RecurrenceInterval\":2161       | Recurrence Interval must be between 4 and 2160",
        "\"RecurrenceInterval\":4.5        | Recurrence Interval must be between 4 and 2160",
        "\"RecurrenceInterval\":\"soon\"   | Recurrence Interval must be between 4 and 2160",
        "\"RecurrenceInterval\":1e99999    | Recurrence Interval must be between 4 and 2160",
        "\"StartTime\":\"tomorrow\"        | -StartTime should follow format: yyyy-MM-ddTHH:mm:ssZ",
        "\"StartTime\":\"2027-02-30T00:00:00Z\" | -StartTime should follow format: yyyy-MM-ddTHH:mm:ssZ",
        "\"StartTime\":\"2027-02-20 00:00:00Z\" | -StartTime should follow format: yyyy-MM-ddTHH:mm:ssZ",
        "\"StartTime\":\"2026-01-05T07:00:00Z\" | -Start time of report should at least be 4 hours from current UTC time",
        "\"StartTime\":\"+10000-01-01T00:00:00Z\" | -StartTime should follow format: yyyy-MM-ddTHH:mm:ssZ",
        "\"RecurrenceInterval\":\"٢٤\"     | Recurrence Interval must be between 4 and 2160",
        "\"RecurrenceCount\":0             | -Recurrence count has to be a positive integer value",
        "\"RecurrenceCount\":-1            | -Recurrence count has to be a positive integer value",
        "\"RecurrenceCount\":\"many\"      | -Recurrence count has to be a positive integer value",
        "\"RecurrenceCount\":null          | Null or missing value: RecurrenceCount is required",
        "\"Format\":\"xlsx\"               | -Report format should be csv/tsv",
        "\"CallbackMethod\":\"PUT\"        | -CallbackMethod can only be GET or POST",
        "\"CallbackUrl\":\"ftp://x\"       | Invalid value: CallbackUrl should be an http or https address",
        "\"ReportName\":\"a;b\"            | -Invalid character (;) in ReportName",
        "\"EndTime\":\"2026-01-05T07:00:00Z\"   | -EndTime should be greater than StartTime",
        "\"EndTime\":\"later\"             | -EndTime should follow format: yyyy-MM-ddTHH:mm:ssZ",
        "\"ExecuteNow\":\"perhaps\"        | Invalid value: ExecuteNow can only be true or false",
      })
  void aWrongValueIsRefusedInTheDocumentedWords(String field, String message) {
    Api caller = ada.under("/insights/v1.1/cmp");
    String query = ada.query("SELECT OrderId FROM ISVOrder");
    Reply reply = caller.post("/ScheduledReport", withField(body(query), field));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message())
        .startsWith(message.startsWith("-") ? WRONG + message.substring(1) : message);
  }

  /// A good body in which one field is another.
  private static String withField(String body, String field) {
    String name = field.substring(0, field.indexOf(':') + 1);
    int at = body.indexOf(name);
    if (at < 0) {
      return body.replace("}", "," + field + "}");
    }
    int end = body.indexOf(",\"", at);
    return body.substring(0, at) + field + body.substring(end < 0 ? body.length() - 1 : end);
  }

  private String body(String query) {
    return "{\"ReportName\":\"Orders\",\"QueryId\":\"%s\",\"StartTime\":\"%s\",\"RecurrenceInterval\":4,\"RecurrenceCount\":3}"
        .formatted(query, world.in(5));
  }

  @Test
  void aNameOfManyCharactersIsRefused() {
    String query = ada.query("SELECT OrderId FROM ISVOrder");
    String name = "\"ReportName\":\"" + "x".repeat(257) + "\"";
    Reply reply = ada.post("/ScheduledReport", withField(body(query), name));
    assertThat(reply.message())
        .isEqualTo(WRONG + "Limit ReportName and Description length to 256 characters or less");
  }

  @Test
  void theEarliestStartIsFourHoursAhead() {
    String query = ada.query("SELECT OrderId FROM ISVOrder");
    String fields = "\"RecurrenceInterval\":4,\"StartTime\":\"%s\"";
    assertThat(ada.createReport(query, fields.formatted(world.in(4))).status()).isEqualTo(200);
    String early = world.now().plusSeconds(4 * 3600 - 1).toString();
    assertThat(ada.createReport(query, fields.formatted(early)).status()).isEqualTo(400);
  }

  @Test
  void theDatasetMayWantALongerInterval() {
    Api mpn = ada.under("/insights/v1/mpn");
    String query = mpn.query("SELECT MPNId FROM OfficeUsage");
    Reply reply =
        mpn.createReport(
            query, "\"RecurrenceInterval\":23,\"StartTime\":\"%s\"".formatted(world.in(5)));
    assertThat(reply.message())
        .startsWith("Recurrence Interval must be between 24 and 2160")
        .contains("23")
        .contains("OfficeUsage");
  }

  @Test
  void onlyFiftyReportsAreActiveAndPausedOnesDoNotCount() {
    Api caller = world.as("ada-many");
    String query = caller.query("SELECT OrderId FROM ISVOrder");
    String fields = "\"RecurrenceInterval\":24,\"StartTime\":\"%s\"".formatted(world.in(24 * 300));
    String first = caller.report(query, fields);
    for (int i = 1; i < 50; i++) {
      caller.report(query, fields);
    }
    Reply over = caller.createReport(query, fields);
    assertThat(over.status()).isEqualTo(400);
    assertThat(over.message())
        .isEqualTo("User has exceeded its report creation quota of 50 active reports");
    caller.put("/ScheduledReport/pause/" + first);
    caller.report(query, fields);
    Reply resumed = caller.put("/ScheduledReport/resume/" + first);
    assertThat(resumed.status()).isEqualTo(400);
    assertThat(resumed.message())
        .isEqualTo("User has exceeded its report creation quota of 50 active reports");
    assertThat(caller.get("/ScheduledReport?reportId=" + first).text("ReportStatus"))
        .isEqualTo("Paused");
  }

  @Test
  void onlyFiveReportsAnHourRunAtOnce() {
    Api caller = world.as("ada-hurry");
    String query = caller.query("SELECT OrderId FROM ISVOrder LIMIT 1");
    for (int i = 0; i < 5; i++) {
      caller.report(query, "\"ExecuteNow\":true");
    }
    Reply over = caller.createReport(query, "\"ExecuteNow\":true");
    assertThat(over.status()).isEqualTo(400);
    assertThat(over.message())
        .isEqualTo("User has exceeded its ExecuteNow report creation quota of 5 reports/60 mins");
    caller.advance("PT1H");
    assertThat(caller.createReport(query, "\"ExecuteNow\":true").status()).isEqualTo(200);
  }

  @Test
  void aHundredQueriesAreKept() {
    Api caller = world.as("ada-queries");
    for (int i = 0; i < 100; i++) {
      caller.query("SELECT OrderId FROM ISVOrder");
    }
    Reply over =
        caller.post(
            "/ScheduledQueries",
            "{\"Name\":\"One more\",\"Query\":\"SELECT OrderId FROM ISVOrder\"}");
    assertThat(over.status()).isEqualTo(400);
    assertThat(over.message())
        .startsWith("Number of queries exceeded. Delete few queries before creating new queries");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT OrderId FROM Nowhere | Invalid table name",
        "SELECT Order1d FROM ISVOrder | Incorrect column name: 'Order1d' is not a column",
        "SELECT * FROM ISVUsage | SELECT * is not supported (1:8): name the columns; ISVUsage has 58 columns and 6 metrics, listed by ScheduledDataset.",
      })
  void aQueryThatCannotRunIsNotKept(String text, String message) {
    Reply reply = ada.post("/ScheduledQueries", "{\"Name\":\"Bad\",\"Query\":\"" + text + "\"}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).startsWith(message);
  }

  @Test
  void aSystemQueryIsThereForEverybody() {
    Reply reply =
        ada.createReport(
            "Q9DF4939-073f-5795-b0cb-v2c81d11e58d",
            "\"RecurrenceInterval\":4,\"StartTime\":\"%s\"".formatted(world.in(5)));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("Query")).contains("ISVQualityOfService");
  }

  @Test
  void aViewerMayNotFilterBySensitiveColumns() {
    Reply reply =
        world
            .as("viewer")
            .post(
                "/ScheduledQueries",
                "{\"Name\":\"Spy\",\"Query\":\"SELECT CustomerId FROM ISVCustomer WHERE Email LIKE 'a%'\"}");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.message()).contains("Email");
  }
}
