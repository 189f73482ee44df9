package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The envelope and the ways in which requests may be written.
class WireTest {
  private static final List<String> JSON = List.of("Content-Type", "Application/JSON");

  private final World world = World.shared();
  private final Api ada = world.as("ada-wire");

  @Test
  void fieldsComeInTheDocumentedOrder() {
    String query = ada.query("SELECT OrderId FROM ISVOrder");
    String report =
        ada.report(query, "\"RecurrenceInterval\":4,\"StartTime\":\"%s\"".formatted(world.in(9)));
    Reply v1 = ada.get("/ScheduledReport?reportId=" + report);
    assertThat(v1.json().keySet()).containsExactly("Value", "TotalCount", "Message", "StatusCode");
    assertThat(v1.one().keySet())
        .containsExactly(
            "ReportId ReportName Description QueryId Query User CreatedTime ModifiedTime StartTime ReportStatus RecurrenceInterval RecurrenceCount CallbackUrl Format"
                .split(" "));
    Reply v11 = ada.under("/insights/v1.1/cmp").get("/ScheduledReport?reportId=" + report);
    assertThat(v11.one().keySet())
        .containsExactly(
            "ReportId ReportName Description QueryId Query User CreatedTime ModifiedTime ExecuteNow QueryStartTime QueryEndTime StartTime EndTime ReportStatus RecurrenceInterval RecurrenceCount CallbackUrl CallbackMethod Format"
                .split(" "));
    assertThat(v1.one()).containsEntry("RecurrenceInterval", 4).containsEntry("CallbackUrl", null);
  }

  @Test
  void aKeyMayComeTwiceWhenTheValuesAgree() {
    String good =
        "{\"name\":\"Twice\",\"Name\":\"Twice\",\"description\":null,\"Description\":\"d\",\"QUERY\":\"SELECT OrderId FROM ISVOrder\",\"other\":{\"a\":[1]}}";
    Reply reply = ada.post("/ScheduledQueries", good);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("Description")).isEqualTo("d");
    Reply bad =
        ada.post("/ScheduledQueries", good.replace("\"Name\":\"Twice\"", "\"Name\":\"No\""));
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.message())
        .isEqualTo("Invalid request body: Name is given twice with different values");
    String unread = good.replace("\"other\":", "\"Other\":7,\"oTher\":\"\\ud800\",\"other\":");
    assertThat(ada.post("/ScheduledQueries", unread).status()).isEqualTo(200);
    String nested = good.replace("\"Name\":\"Twice\"", "\"Name\":[1]");
    assertThat(ada.post("/ScheduledQueries", nested).status()).isEqualTo(400);
  }

  @Test
  void aParameterMayComeTwiceWhenTheValuesAgreeOrNobodyReadsIt() {
    String once = "/ScheduledDataset?datasetName=ISVOrder";
    assertThat(ada.get(once + "&DATASETNAME=ISVOrder&x=1&X=2").value()).hasSize(1);
    Reply clash = ada.get(once + "&DatasetName=ISVUsage");
    assertThat(clash.status()).isEqualTo(400);
    assertThat(clash.message())
        .isEqualTo("Invalid value: DatasetName is given twice, as ISVOrder and ISVUsage");
  }

  @ParameterizedTest
  @CsvSource({
    "'[]'",
    "'\"text\"'",
    "'{'",
    "'{\"a\":1} {}'",
    "'{\"a\" 1}'",
    "'nonsense'",
    "'{\"a\":1,}'"
  })
  void aBodyThatIsNotOneObjectIsRefused(String body) {
    Reply reply = ada.post("/ScheduledQueries", body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).startsWith("Invalid request body");
  }

  @Test
  void anotherContentTypeIsRefused() {
    String path = "/insights/v1/cmp/ScheduledQueries";
    Reply reply = ada.send("POST", path, "{}", List.of("Content-Type", "text/plain"));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).startsWith("Content-Type should be application/json");
    Reply charset =
        ada.send("POST", path, "{}", List.of("Content-Type", "application/json;charset=UTF-8"));
    assertThat(charset.message()).startsWith("Null or missing value");
  }

  @Test
  void aLargeBodyIsRefused() {
    Reply reply = ada.post("/ScheduledQueries", "{\"x\":\"" + "y".repeat(1 << 20) + "\"}");
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.json()).containsEntry("StatusCode", 413);
  }

  @Test
  void pathsThatAreNotCallsAnswerInTheEnvelope() {
    for (String path :
        List.of(
            "/",
            "/insights/v1/xyz/ScheduledReport",
            "/insights/v2/cmp/ScheduledReport",
            "/analytics/mpn/ScheduledReport",
            "/insights/v1/cmp/Nothing")) {
      Reply reply = ada.send("GET", path, "", List.of());
      assertThat(reply.status()).as(path).isEqualTo(404);
      assertThat(reply.json())
          .as(path)
          .containsEntry("StatusCode", 404)
          .containsEntry("TotalCount", 0);
    }
    Reply method = ada.send("DELETE", "/insights/v1/cmp/ScheduledQueries", "", List.of());
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.response().headers().firstValue("Allow")).contains("POST, GET");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /insights/v1/cmp/ScheduledReport?x=% HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"
      })
  void aRequestThatIsTooBrokenForAnyCallIsAnsweredInTheEnvelope(String request) throws Exception {
    URI base = URI.create(world.baseUrl());
    try (var socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer)
          .startsWith("HTTP/1.1 400 ")
          .containsIgnoringCase("MS-CorrelationId: ")
          .contains("{\"Value\":[],\"TotalCount\":0,\"Message\":\"Bad request")
          .endsWith("\"StatusCode\":400}");
    }
  }

  @Test
  void aListOfManyIdsIsNotTooLong() {
    String ids = "00000000-0000-0000-0000-000000000000;".repeat(150);
    assertThat(ada.get("/ScheduledReport?reportId=" + ids).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "{}", "\"a\\u0000b\"", "\"\\ud800\""})
  void aNameIsText(String json) {
    String body = "{\"Name\":" + json + ",\"Query\":\"SELECT OrderId FROM ISVOrder\"}";
    assertThat(ada.post("/ScheduledQueries", body).status()).isEqualTo(400);
  }

  @Test
  void everyAnswerCarriesACorrelationId() {
    List<String> sent = List.of("MS-CorrelationId", "my-own-id");
    Reply reply = ada.send("GET", "/insights/v1/cmp/ScheduledReport", "", sent);
    assertThat(reply.response().headers().firstValue("MS-CorrelationId")).contains("my-own-id");
    Reply refused = ada.send("GET", "/nowhere", "", List.of());
    assertThat(refused.response().headers().firstValue("MS-CorrelationId")).isPresent();
  }

  @Test
  void aTicketStandsInForTheAuthorization() {
    Reply reply =
        ada.withToken(java.util.Optional.empty())
            .send(
                "GET",
                "/insights/v1/cmp/ScheduledReport",
                "",
                List.of("X-AadUserTicket", ada.token()));
    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void aPlusAndAPercentTwentyAreSpacesAndNamesMatchInAnyCasing() {
    Api caller = world.as("ada-plus");
    String query = caller.query("SELECT OrderId FROM ISVOrder");
    caller.post(
        "/ScheduledReport",
        "{\"ReportName\":\"Öl im Januar\",\"QueryId\":\"%s\",\"RecurrenceInterval\":4,\"StartTime\":\"%s\"}"
            .formatted(query, world.in(9)));
    assertThat(caller.get("/ScheduledReport?reportName=%C3%B6l+IM%20januar;other").value())
        .hasSize(1);
    Reply none = caller.get("/ScheduledReport?reportName=other");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.message()).isEqualTo("No item found with given filters");
    Reply nothingAtAll = world.as("ada-empty").get("/ScheduledReport");
    assertThat(nothingAtAll.status()).isEqualTo(200);
    assertThat(nothingAtAll.value()).isEmpty();
    assertThat(caller.get("/ScheduledReport?reportName=%ff").status()).isEqualTo(400);
  }

  @Test
  void executionsAreAskedForByStatus() {
    String report =
        ada.report(
            ada.query("SELECT OrderId FROM ISVOrder"),
            "\"RecurrenceInterval\":4,\"StartTime\":\"%s\"".formatted(world.in(9)));
    String path = "/ScheduledReport/execution/" + report;
    Reply none = ada.get(path);
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.message())
        .isEqualTo(
            "There are no executions that have occurred for the given filter conditions. Please recheck the reportId or executionId and retry the API after the report's scheduled execution time");
    assertThat(ada.get(path + "?executionStatus=pending;RUNNING").text("ExecutionStatus"))
        .isEqualTo("Pending");
    Reply wrong = ada.get(path + "?executionStatus=Done");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.message()).isEqualTo("Requested value 'Done' not found");
    assertThat(ada.get(path + "?getLatestExecution=maybe").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"advance\":\"-PT1S\"}'",
    "'{\"advance\":\"P\"}'",
    "'{\"advance\":\"soon\"}'",
    "'{}'",
    "'{\"to\":\"2020-01-01T00:00:00Z\"}'",
    "'{\"advance\":\"P21Y\"}'",
    "'{\"advance\":\"P1D\",\"to\":\"2030-01-01T00:00:00Z\"}'",
    "'{\"advance\":\"P999999999Y\"}'"
  })
  void theClockRefusesWhatItCannotDo(String body) {
    Reply reply = ada.send("POST", "/reprise/v1/clock", body, JSON);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.response().headers().firstValue("Content-Type"))
        .contains("application/problem+json");
    assertThat(reply.json()).containsEntry("code", "VALUE_INVALID").containsEntry("status", 400);
  }

  @Test
  void theClockStandsStillBetweenCalls() {
    Reply before = ada.send("GET", "/reprise/v1/clock", "", List.of());
    Reply moved = ada.advance("PT1M");
    assertThat(moved.json().keySet()).containsExactly("from", "to", "executions");
    assertThat(moved.json()).containsEntry("from", before.json().get("now"));
    assertThat(ada.send("GET", "/reprise/v1/clock", "", List.of()).json())
        .containsEntry("now", moved.json().get("to"));
    assertThat(ada.withToken(java.util.Optional.empty()).advance("PT1M").status()).isEqualTo(401);
  }
}
