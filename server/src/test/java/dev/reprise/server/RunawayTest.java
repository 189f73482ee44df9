package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Queries that would go on for days.
class RunawayTest {
  private static final String TRIAL = "/ScheduledQueries/testQueryResult?exportQuery=";

  @TempDir private Path data;

  @BeforeEach
  void endless() throws Exception {
    World.prepare(data);
    String url = "jdbc:duckdb:" + data.resolve("datasets.duckdb");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("ALTER TABLE \"ISVOrder\" RENAME TO kept");
      statement.execute(
          "CREATE VIEW \"ISVOrder\" AS SELECT kept.* FROM kept, range(1000000000) AS times");
    }
  }

  @Test
  void anExecutionThatTakesTooLongFailsOnceAndSaysWhy() throws Exception {
    try (var world = World.in(data, "--set", "limits.execution-time=PT1S")) {
      Api ada = world.as("ada");
      String report = endlessReport(ada);
      ada.advance("PT0S");
      Reply failed = ada.get("/ScheduledReport/execution/" + report + "?executionStatus=Failed");
      Map<String, @Nullable Object> proof = proof(ada, failed.text("ExecutionId"));
      assertThat(proof)
          .containsEntry("attempts", 1)
          .containsEntry("complete", false)
          .containsEntry("progress", null)
          .containsEntry("error", "The query took longer than an execution may, which is PT1S");
      assertThat(data.resolve("temp/staging")).isEmptyDirectory();
    }
  }

  @Test
  void whoWaitsSeesHowFarTheFileHasCome() throws Exception {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String report = endlessReport(ada);
      String path = "/ScheduledReport/execution/" + report + "?executionStatus=Running";
      while (ada.get(path).status() != 200) {
        Thread.onSpinWait();
      }
      String id = ada.get(path).text("ExecutionId");
      while (rows(proof(ada, id)) == 0) {
        Thread.onSpinWait();
      }
      Map<String, @Nullable Object> before = proof(ada, id);
      while (rows(proof(ada, id)) <= rows(before)) {
        Thread.onSpinWait();
      }
      assertThat(before).containsEntry("rows", null).containsEntry("complete", false);
      assertThat(before.get("progress")).asString().contains("rows=", "bytes=", "percent=");
      ada.delete("/ScheduledReport/" + report);
      ada.advance("PT0S");
      assertThat(data.resolve("temp/staging")).isEmptyDirectory();
    }
  }

  @Test
  void whatTakesLongKeepsNoOtherUserWaiting() throws Exception {
    try (var world = World.in(data, "--set", "workers=3")) {
      Api ada = world.as("ada");
      List<String> endless = List.of(endlessReport(ada), endlessReport(ada), endlessReport(ada));
      while (running(ada, endless) < 2) {
        Thread.onSpinWait();
      }
      Api bob = world.as("bob");
      String tiny =
          bob.report(
              bob.query("SELECT ProviderName FROM ISVCustomer TIMESPAN LIFETIME"),
              "\"ExecuteNow\":true");
      while (bob.get("/ScheduledReport/execution/" + tiny).status() != 200) {
        Thread.onSpinWait();
      }
      assertThat(running(ada, endless)).isEqualTo(2);
      endless.forEach(report -> ada.delete("/ScheduledReport/" + report));
      ada.advance("PT0S");
    }
  }

  private static long running(Api caller, List<String> reports) {
    return reports.stream()
        .map(report -> "/ScheduledReport/execution/" + report + "?executionStatus=Running")
        .filter(path -> caller.get(path).status() == 200)
        .count();
  }

  @Test
  void aTrialEndsWhenItsCallerHangsUp() throws Exception {
    String url = "jdbc:duckdb:" + data.resolve("datasets.duckdb");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE OR REPLACE VIEW \"ISVOrder\" AS SELECT * FROM kept WHERE"
              + " (SELECT sum(hash(range) % 7) FROM range(1000000000000)) > 0");
    }
    // The one place for trials is taken for an hour, unless it comes free before.
    try (var world = World.in(data, "--set", "workers=1", "--set", "limits.try-seconds=3600");
        ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      Api ada = world.as("ada");
      URI service = URI.create(world.baseUrl());
      Future<Reply> next;
      try (var socket = new Socket(service.getHost(), service.getPort())) {
        socket.getOutputStream().write(trial(ada).getBytes(StandardCharsets.US_ASCII));
        awaitEngine();
        next = others.submit(() -> ada.get(TRIAL + "SELECT%20ProviderName%20FROM%20ISVCustomer"));
      }
      assertThat(next.get().status()).isEqualTo(200);
    }
  }

  private static String trial(Api caller) {
    return """
    GET /insights/v1/cmp%sSELECT%%20OrderId%%20FROM%%20ISVOrder HTTP/1.1\r
    Host: localhost\r
    Authorization: Bearer %s\r
    \r
    """
        .formatted(TRIAL, caller.token());
  }

  /// Each run of the engine has a folder for what does not fit into memory.
  private void awaitEngine() {
    String[] runs = data.resolve("temp/spill").toFile().list();
    while (runs == null || runs.length == 0) {
      Thread.onSpinWait();
      runs = data.resolve("temp/spill").toFile().list();
    }
  }

  private static String endlessReport(Api caller) {
    return caller.report(
        caller.query("SELECT OrderId, OfferName FROM ISVOrder TIMESPAN LIFETIME"),
        "\"ExecuteNow\":true");
  }

  private static Map<String, @Nullable Object> proof(Api caller, String execution) {
    return caller.send("GET", "/reprise/v1/executions/" + execution, "", List.of()).json();
  }

  private static long rows(Map<String, @Nullable Object> proof) {
    return proof.get("progress") instanceof Map<?, ?> progress
            && progress.get("rows") instanceof Number rows
        ? rows.longValue()
        : 0;
  }
}
