package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every message of the contract, each provoked under each version of each program.
class MessagesTest {
  private static final String WRONG = "Invalid report parameters for creation - ";
  private static final AtomicInteger USERS = new AtomicInteger();
  private static final List<String> BASES =
      List.of("/insights/v1/cmp", "/insights/v1.1/cmp", "/insights/v1/mpn", "/insights/v1.1/mpn");

  /// What is refused, and what provokes it.
  private static final List<Case> REFUSALS =
      List.of(
          new Case(400, "Invalid table name", s -> s.query("SELECT OrderId FROM Nowhere")),
          new Case(
              400,
              "Incorrect column name",
              s -> s.query(s.text().replace(" FROM", ", Nothing FROM"))),
          new Case(400, "Null or missing value", s -> s.api.post("/ScheduledReport", "{}")),
          new Case(400, "Null or missing value", s -> s.api.post("/ScheduledQueries", "{}")),
          new Case(400, "Null or missing value", s -> s.trial("")),
          new Case(400, "Invalid QueryId", s -> s.with("\"QueryId\":\"none\"")),
          new Case(400, "Invalid QueryId", s -> s.trial("?queryId=none")),
          new Case(
              400,
              "Recurrence Interval must be between 4 and 2160",
              s -> s.with("\"RecurrenceInterval\":3")),
          new Case(
              400,
              "User has exceeded its report creation quota of 50 active reports",
              s -> s.times(51, () -> s.with("\"Format\":\"csv\""))),
          new Case(
              400,
              "User has exceeded its ExecuteNow report creation quota of 5 reports/60 mins",
              s -> s.times(6, () -> s.with("\"ExecuteNow\":true"))),
          new Case(
              400,
              "Number of queries exceeded. Delete few queries before creating new queries",
              s -> s.times(101, () -> s.query(s.text()))),
          new Case(
              400,
              "Requested value 'Done' not found",
              s -> s.executions("?executionStatus=Completed;Done")),
          new Case(
              400,
              WRONG + "StartTime should follow format: yyyy-MM-ddTHH:mm:ssZ",
              s -> s.with("\"StartTime\":\"2027-01-01\"")),
          new Case(
              400,
              WRONG + "Start time of report should at least be 4 hours from current UTC time",
              s -> s.with("\"StartTime\":\"" + s.world.in(3) + "\"")),
          new Case(
              400, WRONG + "Report format should be csv/tsv", s -> s.with("\"Format\":\"xls\"")),
          new Case(
              400,
              WRONG + "Invalid character (;) in ReportName",
              s -> s.with("\"ReportName\":\"a;b\"")),
          new Case(
              400,
              WRONG + "CallbackMethod can only be GET or POST",
              s -> s.with("\"CallbackMethod\":\"PATCH\"")),
          new Case(
              400,
              WRONG + "Recurrence count has to be a positive integer value",
              s -> s.with("\"RecurrenceCount\":0")),
          new Case(
              400,
              WRONG + "Limit ReportName and Description length to 256 characters or less",
              s -> s.with("\"Description\":\"" + "d".repeat(257) + "\"")),
          new Case(
              404,
              "No item found with given filters",
              s -> s.api.get("/ScheduledReport?reportName=none")),
          new Case(
              404,
              "No item found with given filters",
              s -> s.api.get("/ScheduledQueries?queryId=none")),
          new Case(
              404,
              "No item found with given filters",
              s -> s.api.get("/ScheduledDataset?datasetName=none")),
          new Case(
              404,
              "There are no executions that have occurred for the given filter conditions. Please"
                  + " recheck the reportId or executionId and retry the API after the report's"
                  + " scheduled execution time",
              s -> s.executions("?executionStatus=Completed")),
          new Case(
              401, "Unauthorized", s -> s.api.withToken(Optional.empty()).get("/ScheduledReport")),
          new Case(
              400,
              "Report is inactive: all 1 reports have been generated",
              s -> s.change("pause", s.inactive("\"RecurrenceCount\":1"))));

  /// What a report without EndTime cannot provoke: the first version has none.
  private static final List<Case> REFUSALS_OF_V1_1 =
      List.of(
          new Case(
              400,
              WRONG + "EndTime should follow format: yyyy-MM-ddTHH:mm:ssZ",
              s -> s.with("\"EndTime\":\"2027-01-01T00:00:00\"")),
          new Case(
              400,
              WRONG + "EndTime should be greater than StartTime",
              s -> s.with("\"EndTime\":\"" + s.world.in(5) + "\"")),
          new Case(
              400,
              "Null or missing value: RecurrenceCount is required",
              s -> s.with("\"RecurrenceCount\":null")),
          new Case(
              400,
              "Report is inactive: its EndTime",
              s -> s.change("resume", s.inactive("\"EndTime\":\"" + s.world.in(6) + "\""))));

  /// What is done.
  private static final List<Case> ANSWERS =
      List.of(
          new Case(200, "Query created successfully", s -> s.query(s.text())),
          new Case(
              200,
              "Query deleted successfully",
              s -> s.api.delete("/ScheduledQueries/" + s.api.query(s.text()))),
          new Case(200, "Report created successfully", s -> s.with("\"Format\":\"TSV\"")),
          new Case(
              200,
              "Report updated successfully",
              s ->
                  s.api.put(
                      "/ScheduledReport/" + s.report(),
                      "{\"ReportName\":\"x\",\"StartTime\":\"" + s.world.in(6) + "\"}")),
          new Case(
              200,
              "Report deleted successfully",
              s -> s.api.delete("/ScheduledReport/" + s.report())),
          new Case(200, "Report paused successfully", s -> s.change("pause", s.report())),
          new Case(
              200,
              "Report is already paused",
              s -> {
                String report = s.report();
                return s.times(2, () -> s.change("pause", report));
              }),
          new Case(
              200,
              "Report resumed successfully",
              s -> {
                String report = s.report();
                s.change("pause", report);
                return s.change("resume", report);
              }),
          new Case(200, "Report is already active", s -> s.change("resume", s.report())));

  static Stream<Arguments> cases() {
    return BASES.stream()
        .flatMap(base ->
            Stream.of(REFUSALS, ANSWERS, base.contains("v1.1") ? REFUSALS_OF_V1_1 : List.<Case>of())
                .flatMap(List::stream)
                .map(each -> Arguments.of(base, each)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cases")
  void aMessageOfTheContractIsProvoked(String base, Case expected) {
    Scene scene = Scene.under(base, World.shared());
    Reply reply = expected.provoke().apply(scene);
    assertThat(reply.status()).as(reply.body()).isEqualTo(expected.status());
    assertThat(reply.json()).containsEntry("StatusCode", expected.status());
    assertThat(reply.message()).startsWith(expected.message());
    if (expected.status() == 200) {
      assertThat(reply.message()).isEqualTo(expected.message());
      assertThat(reply.json()).containsEntry("TotalCount", 1);
    } else {
      assertThat(reply.json()).containsEntry("Value", List.of()).containsEntry("TotalCount", 0);
    }
    assertThat(reply.json().keySet())
        .containsExactly("Value", "TotalCount", "Message", "StatusCode");
  }

  @Test
  void aFaultOfOursTellsNothingOfTheInside(@TempDir Path data) {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      ada.get("/ScheduledReport"); // Her rights are known before the store breaks.
      world.core.store.write(dsl -> dsl.execute("alter table report rename to gone"));
      Map<String, Reply> faults =
          Map.of(
              "getting the reports", ada.get("/ScheduledReport"),
              "pausing the report",
                  ada.put("/ScheduledReport/pause/00000000-0000-0000-0000-000000000000"));
      faults.forEach((doing, reply) -> {
        assertThat(reply.status()).isEqualTo(500);
        String id = reply.response().headers().firstValue("MS-CorrelationId").orElseThrow();
        assertThat(reply.body())
            .isEqualTo(
                "{\"Value\":[],\"TotalCount\":0,\"Message\":\"Internal error encountered while "
                    + doing
                    + ". Correlation ID "
                    + id
                    + "\",\"StatusCode\":500}");
      });
    }
  }

  /// A message, and a call that is answered with it.
  record Case(int status, String message, Function<Scene, Reply> provoke) {
    @Override
    public String toString() {
      return message;
    }
  }

  /// A caller of its own under one base path.
  record Scene(World world, Api api, boolean mpn) {
    private static final String OWN = "/ScheduledQueries?includeSystemQueries=false";

    static Scene under(String base, World world) {
      Api api = world.as("ada-messages-" + USERS.incrementAndGet());
      return new Scene(world, api.under(base), base.endsWith("mpn"));
    }

    String text() {
      return mpn ? "SELECT MPNId FROM OfficeUsage" : "SELECT OrderId FROM ISVOrder";
    }

    Reply query(String text) {
      return api.createQuery(text);
    }

    Reply trial(String parameters) {
      return api.get("/ScheduledQueries/testQueryResult" + parameters);
    }

    /// A good report in which one field is another.
    Reply with(String field) {
      List<Map<String, @Nullable Object>> saved = api.get(OWN).value();
      Object query = saved.isEmpty() ? api.query(text()) : saved.getFirst().get("QueryId");
      String key = field.substring(0, field.indexOf(':'));
      StringBuilder body = new StringBuilder("{" + field);
      Map.of(
              "\"ReportName\"", "\"Daily\"",
              "\"QueryId\"", "\"" + query + "\"",
              "\"StartTime\"", "\"" + world.in(5) + "\"",
              "\"RecurrenceInterval\"", "24",
              "\"RecurrenceCount\"", "3")
          .forEach((name, value) -> body.append(name.equals(key) ? "" : "," + name + ":" + value));
      return api.post("/ScheduledReport", body + "}");
    }

    String report() {
      return with("\"Format\":\"csv\"").text("ReportId");
    }

    String inactive(String field) {
      String report = with(field).text("ReportId");
      api.advance("P1D");
      return report;
    }

    Reply change(String verb, String report) {
      return api.put("/ScheduledReport/" + verb + "/" + report);
    }

    Reply executions(String parameters) {
      return api.get("/ScheduledReport/execution/" + report() + parameters);
    }

    Reply times(int count, Supplier<Reply> call) {
      for (int i = 1; i < count; i++) {
        assertThat(call.get().status()).isEqualTo(200);
      }
      return call.get();
    }
  }
}
