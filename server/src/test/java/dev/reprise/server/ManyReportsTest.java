package dev.reprise.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pauses and resumes of many reports at once.
@Tag("store")
class ManyReportsTest {
  private static final List<String> JSON = List.of("Content-Type", "application/json");
  private static final String NOBODY = "00000000-0000-4000-8000-00000000000a";

  @TempDir private Path data;

  private static Reply many(Api caller, String verb, String body) {
    return caller.send("POST", "/reprise/v1/reports:" + verb, body, JSON);
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, @Nullable Object>> rows(Reply reply) {
    Object rows = requireNonNull(reply.json().get("reports"), reply.body());
    return (List<Map<String, @Nullable Object>>) rows;
  }

  private static List<String> statuses(Reply reply) {
    return rows(reply).stream().map(row -> String.valueOf(row.get("status"))).toList();
  }

  private static String report(World world, Api caller, String query) {
    return caller.report(
        caller.query(query),
        "\"StartTime\":\"%s\",\"RecurrenceInterval\":24,\"RecurrenceCount\":3"
            .formatted(world.in(4)));
  }

  @Test
  void thoseThatFitAreChangedAndEachHasARow() {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String orders = report(world, ada, "SELECT OrderId FROM isvorder LIMIT 1");
      String visits = report(world, ada, "SELECT OfferName FROM ISVMarketplaceInsights LIMIT 1");
      String usage =
          report(
              world,
              ada.under("/insights/v1/mpn"),
              "SELECT CustomerName FROM DynamicsUsage LIMIT 1");
      String pause = "{\"Filter\":{\"Dataset\":\"ISVORDER\"},\"reason\":\"Month end\"}";
      Reply paused = many(ada, "pause", pause);
      assertThat(paused.status()).isEqualTo(200);
      assertThat(rows(paused)).hasSize(1);
      assertThat(rows(paused).getFirst())
          .containsEntry("reportId", orders)
          .containsEntry("status", "paused")
          .containsEntry("message", "paused since " + world.now() + " by ada: Month end")
          .containsEntry("code", null);
      assertThat(statuses(many(ada, "pause", pause))).containsExactly("already paused");
      assertThat(statuses(many(ada, "pause", "{\"filter\":{}}")))
          .containsExactlyInAnyOrder("already paused", "paused", "paused");
      Reply resumed = many(ada, "resume", "{\"filter\":{\"program\":\"CMP\"}}");
      assertThat(rows(resumed).stream().map(row -> row.get("reportId")))
          .containsExactlyInAnyOrder(orders, visits);
      assertThat(statuses(resumed)).containsOnly("active");
      assertThat(
              statuses(
                  many(ada, "resume", "{\"filter\":{\"reportIds\":[\"%s\"]}}".formatted(usage))))
          .containsExactly("active");
    }
  }

  @Test
  void whatOneRefusesKeepsNothingFromTheOthers() {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String query = "SELECT OrderId FROM ISVOrder LIMIT 1";
      String once = ada.report(ada.query(query), "\"ExecuteNow\":true");
      String sound = report(world, ada, query);
      Reply paused =
          many(
              ada,
              "pause",
              "{\"filter\":{\"reportIds\":[\"%s\",\"%s\",\"x\",\"%s\"]}}"
                  .formatted(once, NOBODY, sound));
      assertThat(statuses(paused)).containsExactly("error", "error", "error", "paused");
      assertThat(rows(paused).getFirst().get("message"))
          .isEqualTo(
              "Report is inactive: it was made with ExecuteNow, runs once and has no schedule");
      assertThat(rows(paused).get(2))
          .containsEntry("reportId", "x")
          .containsEntry("message", "No item found with given filters")
          .containsEntry("code", "ITEM_NOT_FOUND");
      assertThat(statuses(many(ada, "resume", "{\"filter\":{}}"))).containsExactly("active");
    }
  }

  @Test
  void eachHasOneRowInTheOrderInWhichItIsNamed() {
    World world = World.shared();
    Api ada = world.as("ada-many-rows");
    String query = "SELECT OrderId FROM ISVOrder LIMIT 1";
    String first = report(world, ada, query);
    String second = report(world, ada, query);
    String foreign = report(world, world.as("grace-many-rows"), query);
    Reply paused =
        many(
            ada,
            "pause",
            "{\"filter\":{\"reportIds\":[\"%s\",\"%s\",\"%s\",\"%s\",\"x\",\"x\",\"%s\"]}}"
                .formatted(second, foreign, first, second.toUpperCase(Locale.ROOT), foreign));
    assertThat(rows(paused).stream().map(row -> row.get("reportId")))
        .containsExactly(second, foreign, first, "x");
    assertThat(statuses(paused)).containsExactly("paused", "error", "paused", "error");
    assertThat(world.as("grace-many-rows").get("/ScheduledReport?reportId=" + foreign).one())
        .containsEntry("ReportStatus", "Active")
        .containsEntry("ModifiedTime", null);
    Reply late =
        many(
            ada,
            "resume",
            "{\"filter\":{\"reportIds\":\"%s;%s\"},\"catchUp\":\"all\"}".formatted(first, second));
    assertThat(statuses(late)).containsExactly("active", "active");
  }

  @Test
  void aTimeThatOneReportCannotKeepIsRefusedForThatOne() {
    World world = World.shared();
    Api ada = world.as("ada-many-until");
    String open = report(world, ada, "SELECT OrderId FROM ISVOrder LIMIT 1");
    String ending =
        ada.under("/insights/v1.1/cmp")
            .report(
                ada.query("SELECT OrderId FROM ISVOrder LIMIT 1"),
                "\"StartTime\":\"%s\",\"EndTime\":\"%s\",\"RecurrenceInterval\":4,\"RecurrenceCount\":9"
                    .formatted(world.in(4), world.in(20)));
    Reply paused =
        many(
            ada,
            "pause",
            "{\"filter\":{\"reportIds\":[\"%s\",\"%s\"]},\"until\":\"%s\"}"
                .formatted(ending, open, world.in(30)));
    assertThat(statuses(paused)).containsExactly("error", "paused");
    assertThat(rows(paused).getFirst()).containsEntry("code", "PAUSE_UNTIL_INVALID");
    assertThat(ada.get("/ScheduledReport?reportId=" + ending).text("ReportStatus"))
        .isEqualTo("Active");
  }

  @Test
  void usersChangeTheirOwnAndAnAdministratorThoseOfTheTenant() {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      Api grace = world.as("grace");
      String query = "SELECT OrderId FROM ISVOrder LIMIT 1";
      String hers = report(world, ada, query);
      report(world, grace, query);
      assertThat(statuses(many(grace, "pause", "{\"filter\":{\"user\":\"ada\"}}"))).isEmpty();
      assertThat(
              statuses(many(grace, "pause", "{\"filter\":{\"reportIds\":\"%s\"}}".formatted(hers))))
          .containsExactly("error");
      assertThat(statuses(many(grace, "pause", "{\"filter\":{}}"))).containsExactly("paused");
      Api admin = world.as("admin");
      assertThat(statuses(many(admin, "pause", "{\"filter\":{\"user\":\"ada\"}}")))
          .containsExactly("paused");
      assertThat(statuses(many(admin, "resume", "{\"filter\":{}}")))
          .containsExactly("active", "active");
      Api other = world.as("admin", "fabrikam");
      assertThat(statuses(many(other, "pause", "{\"filter\":{}}"))).isEmpty();
    }
  }

  @Test
  void resumesOverTheQuotaAreRefusedOneByOne() {
    try (var world = World.in(data, "--set", "limits.active-reports=2")) {
      Api ada = world.as("ada");
      String query = "SELECT OrderId FROM ISVOrder LIMIT 1";
      for (int i = 0; i < 2; i++) {
        report(world, ada, query);
        report(world, ada, query);
        many(ada, "pause", "{\"filter\":{}}");
      }
      assertThat(statuses(many(ada, "resume", "{\"filter\":{}}")))
          .containsExactly("active", "active", "error", "error");
    }
  }

  @Test
  void anOrderThatIsNotClearChangesNothing() {
    World world = World.shared();
    Api ada = world.as("ada-many");
    String report = report(world, ada, "SELECT OrderId FROM ISVOrder LIMIT 1");
    for (String body :
        List.of(
            "{}",
            "{\"filter\":null}",
            "{\"filter\":\"all\"}",
            "{\"filter\":[]}",
            "{\"filter\":{\"reportIds\":[[]]}}",
            "{\"filter\":{\"user\":{}}}",
            "{\"filter\":{\"user\":\"\"}}",
            "{\"filter\":{\"Dataset\":\" \"}}",
            "{\"filter\":{\"reportIds\":\"\"}}",
            "{\"filter\":{\"reportIds\":[\" \"]}}",
            "{\"filter\":{\"reportIds\":[null]}}",
            "{\"filter\":{\"reportId\":null}}",
            "{\"filter\":{\"\\ud800\":1}}",
            "{\"filter\":{},\"FILTER\":{\"user\":\"ada\"}}",
            "{\"filter\":{},\"mode\":\"x\"}",
            "{\"filter\":{},\"dryRun\":true}",
            "{\"filter\":{},\"plan\":\"x\"}",
            "{\"filter\":{\"reportIds\":\"" + "x;".repeat(1001) + "\"}}")) {
      assertThat(many(ada, "pause", body).status()).as(body).isEqualTo(400);
    }
    assertThat(ada.get("/ScheduledReport?reportId=" + report).one())
        .containsEntry("ModifiedTime", null);
    ada.put("/ScheduledReport/pause/" + report);
    assertThat(many(ada, "resume", "{\"filter\":{},\"dryRun\":true}").status()).isEqualTo(400);
    assertThat(many(ada, "resume", "{\"filter\":{},\"plan\":\"x\"}").status()).isEqualTo(400);
    assertThat(many(ada, "resume", "{\"filter\":{},\"until\":\"x\"}").status()).isEqualTo(400);
    assertThat(ada.get("/ScheduledReport?reportId=" + report).text("ReportStatus"))
        .isEqualTo("Paused");
  }

  @Test
  void whatAFilterDoesNotKnowIsNamed() {
    Api ada = World.shared().as("ada-many-unknown");
    assertThat(many(ada, "pause", "{\"filter\":{\"ReportId\":[\"x\"]}}").body())
        .contains("VALUE_INVALID", "there is no ReportId, only program, dataset, queryId, user");
    assertThat(many(ada, "pause", "{\"filter\":{\"dataset\":\"\"}}").body())
        .contains("VALUE_INVALID", "dataset is empty");
  }

  @Test
  void anEmptyListOfIdsChoosesNone() {
    World world = World.shared();
    Api ada = world.as("ada-many-none");
    String report = report(world, ada, "SELECT OrderId FROM ISVOrder LIMIT 1");
    for (String ids : List.of("[]", "\";\"")) {
      Reply none = many(ada, "pause", "{\"filter\":{\"reportIds\":" + ids + "}}");
      assertThat(none.status()).isEqualTo(200);
      assertThat(rows(none)).isEmpty();
    }
    assertThat(ada.get("/ScheduledReport?reportId=" + report).text("ReportStatus"))
        .isEqualTo("Active");
    String known = "{\"filter\":{\"user\":null,\"reportIds\":[\" " + report + "\\t\"]}}";
    assertThat(rows(many(ada, "pause", known)).getFirst())
        .containsEntry("reportId", report)
        .containsEntry("status", "paused");
  }

  @Test
  void theNextSlotsComeAsFarAsTheCountAllows() {
    World world = World.shared();
    Api ada = world.as("ada-next");
    String report = report(world, ada, "SELECT OrderId FROM ISVOrder LIMIT 1");
    String path = "/reprise/v1/reports/" + report + "/next";
    assertThat(ada.send("GET", path, "", List.of()).json())
        .isEqualTo(Map.of("next", List.of(world.in(4), world.in(28), world.in(52))));
    assertThat(ada.send("GET", path + "?count=1", "", List.of()).json())
        .isEqualTo(Map.of("next", List.of(world.in(4))));
    ada.put("/ScheduledReport/pause/" + report + "?until=" + world.in(5));
    assertThat(ada.send("GET", path, "", List.of()).json())
        .isEqualTo(Map.of("next", List.of(world.in(28), world.in(52), world.in(76))));
    for (String count : List.of("0", "1001", "-1", "ten", "99999999999")) {
      assertThat(ada.send("GET", path + "?count=" + count, "", List.of()).status()).isEqualTo(400);
    }
    assertThat(world.as("grace").send("GET", path, "", List.of()).status()).isEqualTo(404);
  }
}
