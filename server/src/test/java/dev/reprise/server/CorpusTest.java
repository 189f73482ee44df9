package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.contract.Document;
import dev.reprise.server.contract.Operation;
import dev.reprise.server.corpus.Case;
import dev.reprise.server.corpus.Expected;
import dev.reprise.server.corpus.Given;
import dev.reprise.server.corpus.Request;
import dev.reprise.server.wire.WireProfile;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every request of the corpus gets the answer that the corpus says, every answer is one that the
/// served contract promises, and in the end every promise has been seen kept.
class CorpusTest {
  private static final List<String> BASES =
      List.of("cmp v1", "cmp v1.1", "cmp old", "mpn v1", "mpn v1.1");
  private static final String NOBODY = "00000000-0000-4000-8000-00000000000a";
  private static final List<String> JSON = List.of("Content-Type", "application/json");

  /// What cannot be provoked from outside: no call on datasets asks the store, and no query of the
  /// language keeps an engine busy for long; `TrialsTest` has the two.
  private static final Set<String> UNSEEN =
      Set.of(
          "getDatasets 500",
          "getDatasets 500 INTERNAL_ERROR",
          "tryQuery 400 QUERY_TOO_SLOW",
          "tryQuery 400 QUERY_TOO_LARGE");

  @TempDir private Path data;

  private final Map<String, Document> documents = new LinkedHashMap<>();

  @TestFactory
  Stream<DynamicTest> documentedProfile() {
    return tests(WireProfile.DOCUMENTED);
  }

  @TestFactory
  Stream<DynamicTest> liveProfile() {
    return tests(WireProfile.LIVE);
  }

  private Stream<DynamicTest> tests(WireProfile profile) {
    String name = profile.name().toLowerCase(Locale.ROOT);
    World world =
        World.in(
            data,
            "--profile",
            name,
            "--set",
            "limits.active-reports=" + Given.LIMIT,
            "--set",
            "limits.queries=" + Given.LIMIT);
    Api anybody = world.as("guest").withToken(Optional.empty());
    for (String base : BASES) {
      String document = Case.path(base) + "/swagger/v1/swagger.json";
      documents.put(base, new Document(anybody.send("GET", document, "", List.of()).json()));
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (Case one : Case.all()) {
      for (String base : one.isFor(name) ? one.bases() : List.<String>of()) {
        String user = one.optional("as").orElse("ada-" + tests.size());
        String title = base + ": " + one.name();
        tests.add(DynamicTest.dynamicTest(title, () -> check(one, base, world, user, profile)));
      }
    }
    documents.forEach((base, document) -> {
      String title = base + ": what every call refuses";
      tests.add(DynamicTest.dynamicTest(title, () -> checkRefusals(base, document, world)));
    });
    tests.add(DynamicTest.dynamicTest("a store that is gone", () -> checkFaults(world)));
    documents.forEach((base, document) -> {
      String title = base + ": every promise was seen kept";
      tests.add(DynamicTest.dynamicTest(title, () -> checkCoverage(document)));
    });
    return tests.stream().onClose(world::close);
  }

  private void check(Case one, String base, World world, String user, WireProfile profile) {
    Api caller = world.as(user).under(Case.path(base));
    Given given = new Given(caller, user, base, world::now);
    one.given().forEach(given::make);
    Request request = Request.of(one, given, Case.path(base));
    Reply reply = request.send(caller, one.optional("token").orElse("bearer"));
    given.clear();
    new Expected(one, given, profile).check(reply);
    Document document = document(base);
    String path = request.path().substring(Case.path(base).length());
    document.check(document.operation(request.method(), path), reply);
  }

  private Document document(String base) {
    return Objects.requireNonNull(documents.get(base));
  }

  private static void checkRefusals(String base, Document document, World world) {
    Api ada = world.as("ada-refused");
    Api guest = world.as("guest");
    Api nobody = ada.withToken(Optional.empty());
    for (Operation operation : document.operations()) {
      String path = path(base, operation);
      String more = path + (path.contains("?") ? "&" : "?");
      expect(document, operation, 401, send(nobody, operation, path, "", JSON));
      expect(document, operation, 403, send(guest, operation, path, "", JSON));
      expect(document, operation, 400, send(ada, operation, more + "x=%ff", "", JSON));
      for (String name : asked(operation)) {
        String twice = more + name + "=1&" + name + "=2";
        expect(document, operation, 400, send(ada, operation, twice, "", JSON));
      }
      if (operation.takesBody()) {
        List<String> text = List.of("Content-Type", "text/plain");
        expect(document, operation, 400, send(ada, operation, path, "{}", text));
        expect(document, operation, 400, send(ada, operation, path, "[]", JSON));
        String large = "{\"x\":\"" + "y".repeat(1 << 20) + "\"}";
        expect(document, operation, 413, send(ada, operation, path, large, JSON));
      }
    }
  }

  private void checkFaults(World world) {
    Api ada = world.as("ada-fault");
    world.core.store.close();
    documents.forEach((base, document) -> {
      for (Operation operation : document.operations()) {
        if (!operation.id().equals("getDatasets")) {
          Reply reply =
              send(ada, operation, path(base, operation), fullBody(base, operation, world), JSON);
          expect(document, operation, 500, reply);
        }
      }
    });
  }

  private static void checkCoverage(Document document) {
    assertThat(document.unseen())
        .filteredOn(promise -> !UNSEEN.contains(promise))
        .filteredOn(promise -> !promise.contains(" 429")) // RateLimitCallsTest provokes it.
        .isEmpty();
  }

  private static void expect(Document document, Operation operation, int status, Reply reply) {
    assertThat(reply.status()).as(operation.id() + ": " + reply.body()).isEqualTo(status);
    document.check(operation, reply);
  }

  private static Reply send(
      Api caller, Operation operation, String path, String body, List<String> headers) {
    return caller.send(operation.method().toUpperCase(Locale.ROOT), path, body, headers);
  }

  private static String path(String base, Operation operation) {
    String path = Case.path(base) + operation.path().replaceAll("\\{\\w+}", NOBODY);
    return switch (operation.id()) {
      case "pauseReportByParameter", "resumeReportByParameter" -> path + "?reportId=" + NOBODY;
      case "tryQuery" -> path + "?queryId=" + NOBODY;
      default -> path;
    };
  }

  /// A parameter that the call reads, if it reads one.
  private static List<String> asked(Operation operation) {
    return switch (operation.id()) {
      case "getDatasets" -> List.of("datasetName");
      case "getQueries" -> List.of("queryName");
      case "tryQuery" -> List.of("exportQuery");
      case "getReports" -> List.of("reportName");
      case "createQuery", "deleteQuery", "createReport", "getExecutions" -> List.of();
      default -> List.of("reportId");
    };
  }

  private static String fullBody(String base, Operation operation, World world) {
    String dataset = base.startsWith("cmp") ? "ISVOrder" : "DynamicsUsage";
    String column = base.startsWith("cmp") ? "OfferName" : "CustomerName";
    return switch (operation.id()) {
      case "createQuery" ->
          "{\"Name\":\"Q\",\"Query\":\"SELECT %s FROM %s\"}".formatted(column, dataset);
      case "createReport" ->
          "{\"ReportName\":\"R\",\"QueryId\":\"%s\",\"ExecuteNow\":true}".formatted(NOBODY);
      case "updateReport" -> "{\"ReportName\":\"R\",\"StartTime\":\"%s\"}".formatted(world.in(5));
      default -> "";
    };
  }
}
