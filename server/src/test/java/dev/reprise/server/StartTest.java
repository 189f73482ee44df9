package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Program;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the program starts, or says in one line why it does not.
class StartTest {
  @TempDir private Path folder;

  @Test
  void anUnknownFlagIsRefused() throws Exception {
    assertThat(Program.run("serve", "--prot", "1"))
        .startsWith("2: ")
        .contains("--port")
        .hasLineCount(1);
    assertThat(Program.run("serve", "--set", "limits.active-report=1"))
        .startsWith("2: ")
        .contains("limits.active-reports");
    assertThat(Program.run("sevre")).startsWith("2: ").hasLineCount(1);
  }

  @Test
  void aPortInUseIsRefusedAndTheDataStays() throws Exception {
    World.prepare(folder);
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      assertThat(Program.run("serve", "--port", port, "--data", folder.toString()))
          .startsWith("2: Port " + port + " on 127.0.0.1 ")
          .contains("--port")
          .hasLineCount(1);
    }
    try (var program = Program.serve(folder)) {
      assertThat(ready(program)).isEqualTo(200);
    }
  }

  @Test
  void aForeignFolderIsRefusedAndLeftAlone() throws Exception {
    Files.writeString(folder.resolve("mine.txt"), "mine");
    assertThat(Program.run("serve", "--data", folder.toString()))
        .startsWith("2: ")
        .contains(folder.toString())
        .hasLineCount(1);
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(folder.resolve("mine.txt"));
    }
  }

  @Test
  void aFolderInUseIsRefused() throws Exception {
    World.prepare(folder);
    try (var program = Program.serve(folder)) {
      assertThat(Program.run("serve", "--port", "0", "--data", folder.toString()))
          .startsWith("2: ")
          .contains("in use")
          .hasLineCount(1);
      assertThat(ready(program)).isEqualTo(200);
    }
  }

  @Test
  void aStoreOfANewerVersionIsRefusedAndLeftAlone() throws Exception {
    World.prepare(folder);
    try (var program = Program.serve(folder)) {
      assertThat(ready(program)).isEqualTo(200);
      assertThat(program.end()).isEqualTo(143);
    }
    Path file = folder.resolve("reprise.db");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute(
          "insert into flyway_schema_history values"
              + " (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', '2030-01-01 00:00:00.000', 1, 1)");
    }
    byte[] before = Files.readAllBytes(file);
    assertThat(Program.run("serve", "--port", "0", "--data", folder.toString()))
        .startsWith("2: ")
        .contains("newer version")
        .contains("99")
        .hasLineCount(1);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void theTestClockStandsWhereItStoodBeforeARestart() throws Exception {
    World.prepare(folder);
    Object moved;
    try (var program = Program.serve(folder, "--clock", "test")) {
      moved = Api.as("ada", program.baseUrl()).advance("P400D").json().get("to");
    }
    try (var program = Program.serve(folder, "--clock", "test")) {
      Api ada = Api.as("ada", program.baseUrl());
      assertThat(ada.send("GET", "/reprise/v1/clock", "", List.of()).json())
          .containsEntry("now", moved);
    }
  }

  @Test
  void onTheRealClockThereIsNothingToMove() throws Exception {
    World.prepare(folder);
    try (var program = Program.serve(folder)) {
      Api ada = Api.as("ada", program.baseUrl());
      assertThat(ada.advance("PT1H").status()).isEqualTo(404);
      String report = ada.report(ada.query("SELECT OrderId FROM ISVOrder"), "\"ExecuteNow\":true");
      while (ada.completed(report) == 0) {
        Thread.onSpinWait();
      }
      assertThat(ada.get("/ScheduledReport?reportId=" + report).text("ReportStatus"))
          .isEqualTo("Inactive");
    }
  }

  @Test
  void helpAndVersionAreTold() throws Exception {
    assertThat(Program.run("--version")).startsWith("0: Reprise ");
    assertThat(Program.run("help")).startsWith("0: ").contains("serve");
    assertThat(Program.run("serve", "--help"))
        .contains("--sample-rows", "limits.lead-time", "PT4H", "REPRISE_");
  }

  private static int ready(Program program) {
    return Api.as("ada", program.baseUrl()).send("GET", "/health/ready", "", List.of()).status();
  }
}
