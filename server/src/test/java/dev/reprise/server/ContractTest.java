package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.contract.Document;
import dev.reprise.server.contract.Operation;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import dev.reprise.server.world.Rows;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The contract as it is served, and the files of the page that shows it.
class ContractTest {
  private static final String NOBODY = "00000000-0000-4000-8000-00000000000a";
  private static final List<String> JSON = List.of("Content-Type", "application/json");

  private final World world = World.shared();
  private final Api ada = world.as("ada-contract");
  private final Api anybody = ada.withToken(Optional.empty());

  @ParameterizedTest
  @ValueSource(strings = {"/insights/{version}/{program}", "/analytics/cmp"})
  void everyRouteIsInTheContractAndEveryCallOfTheContractIsARoute(String template) {
    String base = template.replace("{version}", "v1").replace("{program}", "cmp");
    Map<String, Set<String>> routes = new TreeMap<>();
    world
        .offered()
        .forEach((path, methods) -> {
          if (path.startsWith(template) && !path.contains("/swagger")) {
            routes.put(path.substring(template.length()), methods);
          }
        });
    assertThat(document(base).methods()).isEqualTo(routes);
  }

  @Test
  void everyOtherRouteIsInTheContractOfOurOwnCalls() {
    Set<String> routes =
        world.offered().keySet().stream()
            .filter(path -> !path.startsWith("/insights/") && !path.startsWith("/analytics/"))
            .filter(path -> !path.contains("/swagger"))
            .collect(Collectors.toSet());
    assertThat(document("/reprise/v1").methods().keySet()).containsAll(routes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/insights/v1/cmp", "/insights/v1.1/mpn", "/analytics/cmp"})
  void methodsThatTheContractDoesNotHaveAreRefused(String base) {
    document(base)
        .methods()
        .forEach((path, methods) -> {
          Set<String> others = new HashSet<>(Set.of("GET", "POST", "PUT", "DELETE", "PATCH"));
          Set<String> allowed = new HashSet<>(methods);
          if (path.matches("/ScheduledReport/(pause|resume)|/ScheduledQueries/testQueryResult")) {
            allowed.add("DELETE"); // A report or query could be called so; there is none.
          }
          others.removeAll(allowed);
          for (String other : others) {
            Reply reply =
                ada.send(other, base + path.replaceAll("\\{\\w+}", NOBODY), "", List.of());
            assertThat(reply.status()).as(other + " " + path).isEqualTo(405);
            assertThat(reply.json()).containsEntry("StatusCode", 405);
            assertThat(reply.response().headers().firstValue("Allow").orElse("").split(", "))
                .as(path)
                .containsExactlyInAnyOrderElementsOf(allowed);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/insights/v1/cmp",
        "/insights/v1.1/cmp",
        "/insights/v1/mpn",
        "/insights/v1.1/mpn",
        "/analytics/cmp",
        "/reprise/v1"
      })
  void theContractIsWholeAndItsExamplesAreWhatItAsksFor(String base) {
    Reply reply = anybody.send("GET", base + "/swagger/v1/swagger.json", "", List.of());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).doesNotContain("\"x-").doesNotContain("{program}");
    Document document = new Document(reply.json());
    assertThat(document.tree()).containsEntry("openapi", "3.1.0");
    String server = base.equals("/reprise/v1") ? "/" : base;
    assertThat(document.tree()).containsEntry("servers", List.of(Map.of("url", server)));
    assertThat(document.operations().stream().map(Operation::id)).doesNotHaveDuplicates();
    document.operations().forEach(document::checkExamples);
  }

  @Test
  void ourOwnCallsAnswerAsTheirContractSays() {
    Document own = document("/reprise/v1");
    String clock = "/reprise/v1/clock";
    Operation read = own.operation("GET", clock);
    Operation move = own.operation("POST", clock);
    own.check(read, ada.send("GET", clock, "", List.of()));
    own.check(read, anybody.send("GET", clock, "", List.of()));
    own.check(read, world.as("guest").send("GET", clock, "", List.of()));
    own.check(move, ada.send("POST", clock, "{\"advance\":\"PT0S\"}", JSON));
    own.check(move, ada.send("POST", clock, "{\"advance\":\"soon\"}", JSON));
    own.check(move, ada.send("POST", clock, "[]", JSON));
    own.check(move, ada.send("POST", clock, "{}", List.of("Content-Type", "text/plain")));
    own.check(move, anybody.send("POST", clock, "", JSON));
    own.check(move, world.as("guest").send("POST", clock, "", JSON));
    own.check(move, ada.send("POST", clock, "{\"x\":\"" + "y".repeat(1 << 20) + "\"}", JSON));
    own.check(own.operation("GET", "/health"), anybody.send("GET", "/health", "", List.of()));
    own.check(
        own.operation("GET", "/health/ready"), anybody.send("GET", "/health/ready", "", List.of()));
    checkKept(own);
    own.check(own.operation("GET", "/metrics"), anybody.send("GET", "/metrics", "", List.of()));
    checkReports(own);
    checkDownloads(own);
    checkQueries(own);
    new CallbackContract(own, world, ada).check();
    assertThat(own.unseen())
        .containsExactly("getReadiness 503"); // Only a dead dispatcher gives it.
  }

  private void checkKept(Document own) {
    String report =
        ada.report(
            ada.query("SELECT OrderId FROM ISVOrder"),
            "\"StartTime\":\"%s\",\"RecurrenceInterval\":24".formatted(world.in(4)));
    ada.put("/ScheduledReport/pause/" + report);
    for (String what : List.of("history?skip=", "slots?from=")) {
      String path = "/reprise/v1/reports/" + report + "/" + what.substring(0, what.indexOf('?'));
      Operation read = own.operation("GET", path.replace(report, "{reportId}"));
      own.check(read, ada.send("GET", path, "", List.of()));
      own.check(read, ada.send("GET", path.replace(report, "none"), "", List.of()));
      own.check(
          read, ada.send("GET", "/reprise/v1/reports/" + report + "/" + what + "x", "", List.of()));
      own.check(read, anybody.send("GET", path, "", List.of()));
      own.check(read, world.as("guest").send("GET", path, "", List.of()));
    }
  }

  private void checkReports(Document own) {
    String all = "/reprise/v1/reports";
    Operation list = own.operation("GET", all);
    own.check(list, ada.send("GET", all, "", List.of()));
    own.check(list, ada.send("GET", all + "?skip=x", "", List.of()));
    own.check(list, anybody.send("GET", all, "", List.of()));
    own.check(list, world.as("guest").send("GET", all, "", List.of()));
    String report =
        ada.report(
            ada.query("SELECT OfferName FROM ISVOrder LIMIT 3"),
            "\"RecurrenceInterval\":24,\"StartTime\":\"%s\"".formatted(world.in(4)));
    String next = "/reprise/v1/reports/" + report + "/next";
    Operation slots = own.operation("GET", next);
    own.check(slots, ada.send("GET", next, "", List.of()));
    own.check(slots, ada.send("GET", next + "?count=0", "", List.of()));
    own.check(slots, ada.send("GET", "/reprise/v1/reports/" + NOBODY + "/next", "", List.of()));
    own.check(slots, anybody.send("GET", next, "", List.of()));
    own.check(slots, world.as("guest").send("GET", next, "", List.of()));
    for (String verb : List.of("pause", "resume")) {
      checkMany(own, "/reprise/v1/reports:" + verb, report);
    }
    String pending =
        ada.get("/ScheduledReport/execution/" + report + "?executionStatus=Pending")
            .text("ExecutionId");
    String path = "/reprise/v1/executions/" + pending;
    Operation proof = own.operation("GET", path);
    own.check(proof, ada.send("GET", path, "", List.of()));
    own.check(proof, world.as("grace").send("GET", path, "", List.of()));
    own.check(proof, anybody.send("GET", path, "", List.of()));
    own.check(proof, world.as("guest").send("GET", path, "", List.of()));
    ada.delete("/ScheduledReport/" + report);
  }

  private void checkQueries(Document own) {
    String path = "/reprise/v1/queries:check";
    Operation check = own.operation("POST", path);
    String asked = "{\"program\":\"%s\",\"query\":\"%s\"}";
    String sensitive = "SELECT CustomerId FROM ISVCustomer WHERE Email = 'x'";
    own.check(check, ada.send("POST", path, asked.formatted("cmp", "SELECT Id FROM X"), JSON));
    own.check(check, ada.send("POST", path, "{}", JSON));
    own.check(check, ada.send("POST", path, asked.formatted("xyz", "x"), JSON));
    own.check(check, ada.send("POST", path, "[]", JSON));
    own.check(check, ada.send("POST", path, "{}", List.of("Content-Type", "text/plain")));
    own.check(check, ada.send("POST", path, "{\"x\":\"" + "y".repeat(1 << 20) + "\"}", JSON));
    own.check(check, anybody.send("POST", path, "{}", JSON));
    own.check(check, world.as("guest").send("POST", path, "{}", JSON));
    own.check(
        check, world.as("viewer").send("POST", path, asked.formatted("cmp", sensitive), JSON));
  }

  private void checkMany(Document own, String path, String report) {
    Operation many = own.operation("POST", path);
    String ids = "{\"filter\":{\"reportIds\":%s}}";
    own.check(many, ada.send("POST", path, ids.formatted("[\"" + report + "\"]"), JSON));
    own.check(many, ada.send("POST", path, "{}", JSON));
    own.check(many, ada.send("POST", path, "{\"filter\":{},\"catchUp\":\"some\"}", JSON));
    own.check(many, ada.send("POST", path, ids.formatted("\"" + "x;".repeat(1001) + "\""), JSON));
    own.check(many, ada.send("POST", path, "{\"filter\":1}", JSON));
    own.check(many, ada.send("POST", path, "{}", List.of("Content-Type", "text/plain")));
    own.check(many, ada.send("POST", path, "{\"x\":\"" + "y".repeat(1 << 20) + "\"}", JSON));
    own.check(many, anybody.send("POST", path, "{}", JSON));
    own.check(many, world.as("guest").send("POST", path, "{}", JSON));
  }

  private void checkDownloads(Document own) {
    String report =
        ada.report(ada.query("SELECT OfferName FROM ISVOrder LIMIT 3"), "\"ExecuteNow\":true");
    ada.advance("PT0S");
    String link = ada.get("/ScheduledReport/execution/" + report).text("ReportAccessSecureLink");
    Operation download = own.operation("GET", link.substring(world.baseUrl().length()));
    Reply whole = anybody.send("GET", link, "", List.of());
    own.check(download, whole);
    String tag = whole.response().headers().firstValue("ETag").orElseThrow();
    own.check(download, anybody.send("GET", link, "", List.of("If-None-Match", tag)));
    own.check(download, anybody.send("GET", link, "", List.of("Range", "bytes=0-3")));
    own.check(download, anybody.send("GET", link, "", List.of("Range", "bytes=9999999-")));
    Rows.removeResult(world.core.store, report, world.now());
    own.check(download, anybody.send("GET", link, "", List.of()));
    own.check(download, anybody.send("GET", link + "x", "", List.of()));
    ada.delete("/ScheduledReport/" + report);
    own.check(download, anybody.send("GET", link, "", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/insights/v1/cmp/swagger",
        "/INSIGHTS/V1.1/MPN/Swagger/",
        "/analytics/cmp/swagger/",
        "/reprise/v1/swagger"
      })
  void thePageIsFoundInAnyCasingAndWithoutAToken(String path) {
    Reply redirect = anybody.send("GET", path, "", List.of());
    assertThat(redirect.status()).isEqualTo(302);
    String location = redirect.response().headers().firstValue("Location").orElseThrow();
    assertThat(location).isEqualToIgnoringCase(path.replaceFirst("/$", "") + "/index.html");
    Reply page = anybody.send("GET", location, "", List.of());
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).doesNotContain("http:").doesNotContain("https:");
    assertThat(page.response().headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .doesNotContain("unsafe");
    String tag = page.response().headers().firstValue("ETag").orElseThrow();
    Reply again = anybody.send("GET", location, "", List.of("If-None-Match", tag));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    String folder = location.replace("index.html", "");
    for (String file :
        List.of("swagger-ui.css", "swagger-ui-bundle.js", "swagger-initializer.js")) {
      assertThat(anybody.send("GET", folder + file, "", List.of()).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/insights/v1/cmp/swagger/swagger-ui.js",
        "/insights/v1/cmp/swagger/..%2f..%2fcatalog%2fdatasets.json",
        "/insights/v1/cmp/swagger/v1/swagger.yaml",
        "/insights/v2/cmp/swagger/index.html",
        "/insights/v1/xyz/swagger/v1/swagger.json",
        "/analytics/mpn/swagger",
        "/reprise/v1/swagger/openapi/own.yaml"
      })
  void noOtherFileIsServed(String path) {
    assertThat(anybody.send("GET", path, "", List.of()).status()).isEqualTo(404);
  }

  private Document document(String base) {
    return new Document(
        anybody.send("GET", base + "/swagger/v1/swagger.json", "", List.of()).json());
  }
}
