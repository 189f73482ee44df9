package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import dev.reprise.server.world.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lists that are too long for one answer.
@Tag("store")
class LongListTest {
  @TempDir private Path data;

  @Test
  void anAdministratorSeesAllReportsOfTheTenantInParts() {
    try (var world = World.in(data, "--set", "limits.active-reports=10")) {
      Api ada = world.as("ada");
      String first = report(world, ada);
      world.core.store.write(dsl -> dsl.execute(copies("report", 2300), "user ", first));
      Api admin = world.as("admin");
      Reply whole = admin.get("/ScheduledReport");
      assertThat(whole.json().keySet())
          .containsExactly("Value", "NextLink", "TotalCount", "Message", "StatusCode");
      assertThat(whole.json()).containsEntry("TotalCount", 2301);
      assertThat(parts(admin, whole)).hasSize(3);
      List<Object> ids = ids(parts(admin, whole), "ReportId");
      assertThat(ids).hasSize(2301).doesNotHaveDuplicates();

      assertThat(ada.get("/ScheduledReport").json())
          .containsEntry("TotalCount", 1)
          .doesNotContainKey("NextLink");
      Reply named = admin.get("/ScheduledReport?reportName=DAILY&skip=1400");
      assertThat(named.value()).hasSize(901);
      assertThat(named.json()).containsEntry("TotalCount", 2301).doesNotContainKey("NextLink");
      Reply beyond = admin.get("/ScheduledReport?reportName=daily&skip=5000");
      assertThat(beyond.value()).isEmpty();
      assertThat(beyond.json()).containsEntry("TotalCount", 2301).doesNotContainKey("NextLink");
      assertThat(admin.get("/ScheduledReport?skip=-1").status()).isEqualTo(400);
      assertThat(admin.get("/ScheduledReport?reportName=weekly").status()).isEqualTo(404);
    }
  }

  @Test
  void queriesComeInPartsAndTheSystemsLast() {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String first = ada.query("SELECT OrderId FROM ISVOrder");
      world.core.store.write(dsl -> dsl.execute(copies("saved_query", 1994), "ada", first));
      Reply whole = ada.get("/ScheduledQueries?includeSystemQueries=TRUE");
      List<Reply> parts = parts(ada, whole);
      assertThat(parts).hasSize(3);
      assertThat(parts)
          .allSatisfy(part -> assertThat(part.json()).containsEntry("TotalCount", 2005));
      assertThat(ids(parts, "QueryId")).hasSize(2005).doesNotHaveDuplicates();
      assertThat(parts.get(1).value().getLast()).containsEntry("Type", "system");
      assertThat(parts.get(1).value().get(994)).containsEntry("Type", "userDefined");
      assertThat(parts.get(2).value())
          .hasSize(5)
          .allMatch(query -> "system".equals(query.get("Type")));
      assertThat(ada.get("/ScheduledQueries?includeSystemQueries=false&skip=1000").value())
          .hasSize(995);
      assertThat(ada.get("/ScheduledQueries?queryName=test&skip=1999").json())
          .containsEntry("TotalCount", 1995);
    }
  }

  @Test
  void namesMatchInAnyCasingOfAnyAlphabet() {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String query = ada.query("SELECT OrderId FROM ISVOrder");
      Map<String, String> names =
          Map.of(
              "Öl", "%C3%B6L", // öL
              "ΣΊΣΥΦΟΣ", "%CF%83%CE%AF%CF%83%CF%85%CF%86%CE%BF%CF%82", // with a final sigma
              "Title", "tITLE",
              "Ilık", "IL%C4%B1K",
              "straße", "STRA%C3%9FE",
              "𐐀", "%F0%90%90%A8");
      names.forEach((name, asked) -> {
        ada.post(
            "/ScheduledQueries",
            "{\"Name\":\"%s\",\"Query\":\"SELECT OrderId FROM ISVOrder\"}".formatted(name));
        ada.post(
            "/ScheduledReport",
            "{\"ReportName\":\"%s\",\"QueryId\":\"%s\",\"RecurrenceInterval\":4,\"StartTime\":\"%s\"}"
                .formatted(name, query, world.in(9)));
        assertThat(ada.get("/ScheduledReport?reportName=" + asked).text("ReportName"))
            .isEqualTo(name);
        assertThat(ada.get("/ScheduledQueries?queryName=" + asked).text("Name")).isEqualTo(name);
      });
      assertThat(ada.get("/ScheduledReport?reportName=strasse").status()).isEqualTo(404);
    }
  }

  private static String report(World world, Api caller) {
    return caller.report(
        caller.query("SELECT OrderId FROM ISVOrder"),
        "\"RecurrenceInterval\":4,\"StartTime\":\"%s\"".formatted(world.in(9)));
  }

  /// SQL that copies a row with other ids and, by its first parameter, another owner; some at the
  /// same time as others.
  private static String copies(String table, int count) {
    String columns =
        table.equals("report")
            ? "name, folded_name, description, query_id, query_text, format, callback_method,"
                + " execute_now, start_at, interval_hours, state, generated, failures, ended_while_paused"
            : "name, folded_name, description, query_text";
    return """
    with recursive made (n) as (select 1 union all select n + 1 from made where n < %d)
    insert into %s (id, program, tenant, owner, created_at, %s)
    select %s, program, tenant, ?,
      created_at - n / 7, %s
    from made, %s where id = ?
    """
        .formatted(count, table, columns, Stores.uuid("n"), columns, table);
  }

  private static List<Reply> parts(Api caller, Reply first) {
    List<Reply> parts = new ArrayList<>(List.of(first));
    while (parts.getLast().json().get("NextLink") != null) {
      parts.add(caller.send("GET", "" + parts.getLast().json().get("NextLink"), "", List.of()));
    }
    return parts;
  }

  private static List<Object> ids(List<Reply> parts, String field) {
    return parts.stream()
        .flatMap(part -> part.value().stream())
        .<Object>map(record -> String.valueOf(record.get(field)))
        .toList();
  }
}
