package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import dev.reprise.server.world.Tokens;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A report runs with the rights that its owner has when it runs.
class RightsTest {
  private static final String ALL = "SELECT CustomerId, Email FROM ISVCustomer TIMESPAN LIFETIME";
  private static final String SPY =
      "SELECT CustomerId FROM ISVCustomer WHERE Email LIKE '%' TIMESPAN LIFETIME";

  @TempDir private Path data;

  @BeforeEach
  void prepare() {
    World.prepare(data);
  }

  @Test
  @Tag("store")
  void whoHasFewerRightsSinceGetsRedactedFilesFromThenOn() {
    try (var world = World.in(data)) {
      Api executive = world.as("ada");
      String report = daily(world, executive, ALL);
      executive.advance("P1D");
      assertThat(emails(executive, report)).anyMatch(line -> line.contains("@"));

      Api viewer = as(executive, "ReportViewer");
      viewer.get("/ScheduledReport");
      viewer.advance("P1D");
      assertThat(emails(viewer, report)).isNotEmpty().noneMatch(line -> line.contains("@"));
    }
    try (var world = World.in(data)) { // What was shown last survives a restart.
      Api clock = world.as("grace");
      Api viewer = as(world.as("ada"), "ReportViewer");
      clock.advance("P1D");
      String report = viewer.get("/ScheduledReport").text("ReportId");
      assertThat(emails(viewer, report)).isNotEmpty().noneMatch(line -> line.contains("@"));

      world.as("ada").get("/ScheduledReport");
      clock.advance("P1D");
      assertThat(emails(viewer, report)).anyMatch(line -> line.contains("@"));
    }
  }

  @Test
  void aConditionThatTheOwnerMayNoLongerUseFailsInPlainWords() {
    try (var world = World.in(data)) {
      Api executive = world.as("ada");
      String report = daily(world, executive, SPY);
      Api viewer = as(executive, "ReportViewer");
      viewer.get("/ScheduledReport");
      viewer.advance("P1D");
      assertThat(viewer.get(executions(report) + "?executionStatus=Completed").status())
          .isEqualTo(404);
      assertThat(viewer.get(executions(report) + "?executionStatus=Failed").value()).hasSize(1);
      assertThat(errors(world))
          .containsExactly(
              "Forbidden: the role ReportViewer may not use Email in WHERE or ORDER BY");
    }
  }

  @Test
  void whoHasNoRoleAnyMoreGetsNoFile() {
    try (var world = World.in(data)) {
      Api executive = world.as("ada");
      String report = daily(world, executive, ALL);
      assertThat(as(executive).get("/ScheduledReport").status()).isEqualTo(403);
      world.as("grace").advance("P1D");
      assertThat(errors(world))
          .containsExactly(
              "Forbidden: the owner of the report, ada, has none of the roles any more");
      assertThat(executive.get(executions(report)).status()).isEqualTo(404);
      executive.advance("P1D"); // With the role shown again, the next one runs.
      assertThat(executive.completed(report)).isEqualTo(1);
    }
  }

  @Test
  void anUpdateIsCheckedWithTheRightsOfTheOwner() {
    try (var world = World.in(data)) {
      Api viewer = as(world.as("ada"), "ReportViewer");
      String report = daily(world, viewer, "SELECT CustomerId FROM ISVCustomer");
      Api admin = world.as("admin");
      String body =
          "{\"ReportName\":\"Daily\",\"StartTime\":\"%s\",\"QueryId\":\"%s\"}"
              .formatted(world.in(5), admin.query(SPY));
      Reply refused = admin.put("/ScheduledReport/" + report, body);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.message()).contains("Email");
    }
  }

  @Test
  void rolesAreWrittenOnlyWhenTheyChange() {
    try (var world = World.in(data)) {
      Api executive = world.as("ada");
      Api viewer = as(executive, "ReportViewer");
      executive.get("/ScheduledReport");
      int changes = changes(world);
      for (int i = 0; i < 10; i++) {
        executive.get("/ScheduledReport");
      }
      assertThat(changes(world)).isEqualTo(changes);
      viewer.get("/ScheduledReport");
      assertThat(changes(world)).isEqualTo(changes + 1);
    }
  }

  private static int changes(World world) {
    return world.core.store.write(
        dsl -> dsl.fetchSingle("select total_changes()").get(0, Integer.class));
  }

  private static List<String> errors(World world) {
    return world.core.store.read(dsl ->
        dsl.fetch("select error from execution where error is not null")
            .getValues(0, String.class));
  }

  private Api as(Api caller, String... roles) {
    return caller.withToken(Optional.of(Tokens.with(List.of(roles), caller.token(), data)));
  }

  private static String daily(World world, Api caller, String query) {
    return caller.report(
        caller.query(query),
        "\"RecurrenceInterval\":24,\"StartTime\":\"%s\"".formatted(world.in(5)));
  }

  private static String executions(String report) {
    return "/ScheduledReport/execution/" + report;
  }

  /// The lines of the newest file, without the header.
  private static List<String> emails(Api caller, String report) {
    String link = caller.get(executions(report)).text("ReportAccessSecureLink");
    return caller.send("GET", link, "", List.of()).body().lines().skip(1).toList();
  }
}
