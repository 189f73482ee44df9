package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Program;
import dev.reprise.server.world.Raw;
import dev.reprise.server.world.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a request leaves behind: its correlation id on the answer and in the log, and its line in
/// the access log.
class TrailTest {
  @TempDir private Path data;

  @Test
  void everyAnswerHasACorrelationIdAndALineInTheAccessLog() throws Exception {
    Path log = data.resolve("access.log");
    Path folder = Files.createDirectory(data.resolve("data"));
    try (var world = World.in(folder, "--set", "log.access=" + log)) {
      Api ada = world.as("ada");
      get(ada, "one", "/insights/v1/cmp/ScheduledReport?reportName=secret");
      get(ada, "two", "/reprise/v1/results/a.csv?name=a&expires=1&signature=secret");
      get(ada, "three", "/nowhere");
      get(ada, "four", "/health");
      get(ada.withToken(Optional.of("secret")), "five", "/insights/v1/cmp/ScheduledDataset");
      Raw broken = Raw.send(world.baseUrl(), "GET /a%zz?secret HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(broken.header("MS-CorrelationId")).isPresent();
      Raw head =
          Raw.send(
              world.baseUrl(), "HEAD /health HTTP/1.1\r\nHost: x\r\nMS-CorrelationId: six\r\n\r\n");
      assertThat(head.header("MS-CorrelationId")).contains("six");
    }
    List<String> lines = Files.readAllLines(log);
    assertThat(lines)
        .hasSize(8)
        .noneMatch(line -> line.contains("secret") || line.contains("eyJ"))
        .allMatch(line ->
            line.startsWith("{\"time\":\"2026-01-05T06:00:00.000Z\",") && line.endsWith("}"));
    assertThat(lines.get(0)).contains("\"path\":\"/contoso/oauth2/token\"", "\"method\":\"POST\"");
    assertThat(lines.get(1))
        .contains(
            "\"correlationId\":\"one\",\"caller\":\"contoso/ada\",\"remote\":\"127.0.0.1\",\"method\":\"GET\","
                + "\"path\":\"/insights/v1/cmp/ScheduledReport\",\"call\":\"getting the reports\",\"status\":404,"
                + "\"bytes\":");
    assertThat(lines.get(2))
        .contains(
            "\"correlationId\":\"two\",\"caller\":\"-\"", "\"path\":\"/reprise/v1/results/a.csv\"");
    assertThat(lines.get(3)).contains("\"call\":\"-\",\"status\":404");
    assertThat(lines.get(4)).contains("\"path\":\"/health\"", "\"status\":200,\"bytes\":15,");
    assertThat(lines.get(5))
        .contains("\"correlationId\":\"five\",\"caller\":\"-\"", "\"status\":401");
    assertThat(lines.get(6))
        .contains(
            "\"remote\":\"127.0.0.1\",\"method\":\"GET\",\"path\":\"/a%zz\"", "\"status\":400");
    assertThat(lines.get(7)).contains("\"correlationId\":\"six\"", "\"bytes\":0");
  }

  @Test
  void anAccessLogThatCannotBeWrittenStopsTheStartWithOneLine() throws Exception {
    String said =
        Program.run(
            "serve",
            "--port",
            "0",
            "--data",
            "" + data.resolve("d"),
            "--sample-rows",
            "1",
            "--set",
            "log.access=" + data.resolve("no/such/folder.log"));
    assertThat(said).startsWith("2: ").contains("The access log cannot be written (log.access)");
  }

  @Test
  void whatIsLoggedMeanwhileNamesTheRequestAndTheExecution() throws Exception {
    World.prepare(data);
    try (var program = Program.serve(data, "--clock", "test", "--set", "log.access=stdout")) {
      Api ada = Api.as("ada", program.baseUrl());
      String report = ada.report(ada.query("SELECT OrderId FROM ISVOrder"), "\"ExecuteNow\":true");
      ada.advance("PT0S");
      Reply execution = ada.get("/ScheduledReport/execution/" + report);
      String id = execution.text("ExecutionId");
      try (Stream<Path> results = Files.walk(data.resolve("results"))) {
        Files.writeString(
            results.filter(Files::isRegularFile).findFirst().orElseThrow(), "cut short");
      }
      Reply failed = get(ada, "my-own-id", execution.text("ReportAccessSecureLink"));
      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.body()).doesNotContain("bytes", "IllegalState", id);
      assertThat("" + failed.json().get("detail")).endsWith("Correlation ID my-own-id");
      program.end();
      assertThat(program.said())
          .anyMatch(line -> line.contains("[execution " + id + "]") && line.contains("completed"))
          .anyMatch(line ->
              line.contains("SEVERE  dev.reprise.server.problem.Problems [my-own-id]: Fault while"))
          .anyMatch(line ->
              line.startsWith("{\"time\"") && line.contains("\"correlationId\":\"my-own-id\""))
          .noneMatch(line -> line.contains("signature"));
    }
  }

  @Test
  void theLogCanBeJson() throws Exception {
    World.prepare(data);
    try (var program = Program.serve(data, "--clock", "test", "--set", "log.format=json")) {
      Api ada = Api.as("ada", program.baseUrl());
      ada.report(ada.query("SELECT OrderId FROM ISVOrder"), "\"ExecuteNow\":true");
      ada.advance("PT0S");
      program.end();
      assertThat(program.said())
          .anyMatch(line ->
              line.matches(
                  "\\{\"time\":\"[^\"]+\",\"level\":\"INFO\",\"logger\":\"dev.reprise.server.execution.Runner\","
                      + "\"about\":\"execution [-0-9a-f]+\",\"message\":\"Execution .* completed.*\"}"));
    }
  }

  private static Reply get(Api caller, String id, String path) {
    Reply reply = caller.send("GET", path, "", List.of("MS-CorrelationId", id));
    assertThat(reply.response().headers().firstValue("MS-CorrelationId")).contains(id);
    return reply;
  }
}
