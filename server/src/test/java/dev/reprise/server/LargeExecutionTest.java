package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Queries that have to hold much at once.
class LargeExecutionTest {
  private static final String SMALL = "engine.memory=64MB";

  @TempDir private Path data;

  @BeforeEach
  void large() throws Exception {
    World.prepare(data);
    String url = "jdbc:duckdb:" + data.resolve("datasets.duckdb");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("ALTER TABLE \"ISVOrder\" RENAME TO kept");
      statement.execute(
          "CREATE VIEW \"ISVOrder\" AS SELECT * FROM kept"
              + " WHERE (SELECT len(list(range)) FROM range(10000000)) > 0");
    }
  }

  @Test
  void anExecutionWithTooLittleMemoryRunsAgainWithMore() throws Exception {
    try (var world = World.in(data, "--set", SMALL)) {
      Api ada = world.as("ada");
      List<String> reports = List.of(report(ada), report(ada));
      ada.advance("PT0S");
      for (String report : reports) {
        String execution =
            ada.get("/ScheduledReport/execution/" + report + "?executionStatus=Completed")
                .text("ExecutionId");
        assertThat(proof(ada, execution).json())
            .containsEntry("attempts", 1)
            .containsEntry("complete", true)
            .containsEntry("error", null);
      }
      assertThat(data.resolve("temp/staging")).isEmptyDirectory();
    }
  }

  @Test
  void whereNoneHasMoreItFailsAndSaysWhy() throws Exception {
    try (var world = World.in(data, "--set", SMALL, "--set", "engine.large-memory=64MB")) {
      Api ada = world.as("ada");
      String report = report(ada);
      ada.advance("P1D"); // All attempts are made.
      Reply failed = ada.get("/ScheduledReport/execution/" + report + "?executionStatus=Failed");
      assertThat(proof(ada, failed.text("ExecutionId")).json())
          .containsEntry("error", "The query needs more memory than one execution may use");
    }
  }

  private static String report(Api caller) {
    return caller.report(
        caller.query("SELECT OrderId, OfferName FROM ISVOrder ORDER BY OrderId TIMESPAN LIFETIME"),
        "\"ExecuteNow\":true");
  }

  private static Reply proof(Api caller, String execution) {
    return caller.send("GET", "/reprise/v1/executions/" + execution, "", List.of());
  }
}
