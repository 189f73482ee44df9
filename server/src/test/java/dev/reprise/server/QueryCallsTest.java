package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Datasets, and saved queries beyond their creation.
@Tag("store")
class QueryCallsTest {
  private static final String CHECK = "/reprise/v1/queries:check";
  private static final List<String> JSON = List.of("Content-Type", "application/json");

  private final World world = World.shared();

  @Test
  void datasetsSayWhatMayBeQueried() {
    Api ada = world.as("ada-datasets");
    assertThat(ada.get("/ScheduledDataset").value()).hasSize(9);
    Reply usage = ada.get("/ScheduledDataset?datasetName=isvusage");
    assertThat(usage.one().keySet())
        .containsExactly(
            "DatasetName",
            "SelectableColumns",
            "AvailableMetrics",
            "AvailableDateRanges",
            "MinimumRecurrenceInterval");
    assertThat((List<?>) usage.one().get("SelectableColumns")).hasSize(58);
    assertThat((List<?>) usage.one().get("AvailableMetrics")).hasSize(6);
    assertThat(usage.one()).containsEntry("MinimumRecurrenceInterval", 4);
    assertThat(ada.get("/ScheduledDataset?datasetName=AzureUsage").status()).isEqualTo(404);
    Api mpn = ada.under("/insights/v1/mpn");
    assertThat(mpn.get("/ScheduledDataset").value()).hasSize(22);
    assertThat(mpn.get("/ScheduledDataset?datasetName=AzureUsage").one())
        .containsEntry("minimumRecurrenceInterval", 24);
  }

  @Test
  void queriesAreListedWithTheSystemsByDefault() {
    Api ada = world.as("ada-lists");
    String id = ada.query("SELECT OrderId FROM ISVOrder");
    assertThat(ada.get("/ScheduledQueries").value()).hasSize(11);
    assertThat(ada.get("/ScheduledQueries?includeSystemQueries=FALSE").text("QueryId"))
        .isEqualTo(id);
    assertThat(ada.get("/ScheduledQueries?includeOnlySystemQueries=true").value())
        .hasSize(10)
        .allMatch(query -> "system".equals(query.get("Type")));
    assertThat(ada.get("/ScheduledQueries?queryName=test").text("Type")).isEqualTo("userDefined");
    assertThat(ada.get("/ScheduledQueries?queryId=" + id + ";x").value()).hasSize(1);
    Reply none = ada.get("/ScheduledQueries?queryName=tes");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.message()).isEqualTo("No item found with given filters");
    assertThat(world.as("grace").get("/ScheduledQueries?queryId=" + id).status()).isEqualTo(404);
  }

  @Test
  void aReportKeepsTheTextOfAQueryThatIsDeleted() {
    Api ada = world.as("ada-deletes");
    String id = ada.query("SELECT OrderId FROM ISVOrder");
    String report = ada.report(id, "\"ExecuteNow\":true");
    assertThat(world.as("grace").delete("/ScheduledQueries/" + id).status()).isEqualTo(404);
    Reply deleted = ada.delete("/ScheduledQueries/" + id);
    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.message()).isEqualTo("Query deleted successfully");
    assertThat(ada.delete("/ScheduledQueries/" + id).status()).isEqualTo(404);
    assertThat(ada.get("/ScheduledReport?reportId=" + report).text("Query"))
        .isEqualTo("SELECT OrderId FROM ISVOrder");
    Reply system = ada.delete("/ScheduledQueries/q9df4939-073f-5795-b0cb-v2c81d11e58d");
    assertThat(system.status()).isEqualTo(400);
    assertThat(system.message()).contains("system query");
  }

  @Test
  void aTrialShowsTheFirstRows() {
    Api ada = world.as("ada-tries");
    String text =
        "select orderid, OrderQuantity, OrderPurchaseDate from ISVOrder timespan lifetime";
    Reply few = ada.get("/ScheduledQueries/testQueryResult?exportQuery=" + encoded(text));
    assertThat(few.status()).isEqualTo(200);
    assertThat(few.value()).hasSize(10);
    assertThat(few.value().getFirst().keySet())
        .containsExactly("OrderId", "OrderQuantity", "OrderPurchaseDate");
    assertThat(few.value().getFirst().get("OrderQuantity")).isInstanceOf(Number.class);
    assertThat(few.json()).containsEntry("TotalCount", 10).doesNotContainKey("DataRedacted");
    String id = ada.query("SELECT OrderId FROM ISVOrder TIMESPAN LIFETIME");
    Api v11 = ada.under("/insights/v1.1/cmp");
    assertThat(v11.get("/ScheduledQueries/testQueryResult?queryId=" + id).value()).hasSize(100);
    assertThat(ada.get("/ScheduledQueries/testQueryResult").status()).isEqualTo(400);
    assertThat(ada.get("/ScheduledQueries/testQueryResult?queryId=none").message())
        .startsWith("Invalid QueryId");
  }

  @Test
  void aTrialMayCoverAnotherPeriod() {
    Api ada = world.as("ada-periods").under("/insights/v1.1/cmp");
    String path =
        "/ScheduledQueries/testQueryResult?exportQuery="
            + encoded("SELECT OrderPurchaseDate FROM ISVOrder")
            + "&startTime=2025-06-01&endTime=2025-07-01T00:00:00Z";
    assertThat(ada.get(path).value())
        .isNotEmpty()
        .allMatch(row -> String.valueOf(row.get("OrderPurchaseDate")).startsWith("2025-06-"));
    assertThat(ada.get(path.replace("2025-06-01", "2025-08-01")).status()).isEqualTo(400);
    assertThat(ada.get(path.replace("2025-06-01", "June")).status()).isEqualTo(400);
  }

  @Test
  void whatAViewerMayNotSeeComesBackEmpty() {
    Reply trial =
        world
            .as("viewer")
            .get(
                "/ScheduledQueries/testQueryResult?exportQuery="
                    + encoded("SELECT CustomerId, Email FROM ISVCustomer TIMESPAN LIFETIME"));
    assertThat(trial.json()).containsEntry("DataRedacted", true);
    assertThat(trial.value()).isNotEmpty().allMatch(row -> row.get("Email") == null);
  }

  @Test
  void aTextIsCheckedWithThePlaceOfEachFault() {
    Api ada = world.as("ada-checks");
    String text = "SELECT OfferName\\nFROM ISVOrder WHERE OfferName = '\uD83D\uDE00' AND Skuu = 1";
    Reply reply = ada.send("POST", CHECK, asked(text), JSON);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().get("faults"))
        .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
        .singleElement()
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("code", "COLUMN_UNKNOWN")
        .containsEntry("line", 2)
        .containsEntry("column", 41)
        .containsEntry("length", 4)
        .containsEntry("suggestion", "Sku");
    assertThat(ada.send("POST", CHECK, asked("SELECT Sku FROM ISVOrder"), JSON).body())
        .isEqualTo("{\"faults\":[]}");
    assertThat(ada.send("POST", CHECK, asked(" "), JSON).body()).contains("The query is empty");
  }

  private static String asked(String text) {
    return "{\"program\":\"CMP\",\"query\":\"" + text + "\"}";
  }

  @Test
  void aQueryOfVeryManyConditionsIsRefused() {
    String text = "SELECT OrderId FROM ISVOrder WHERE Sku!=''" + " AND Sku!=''".repeat(200);
    Reply reply = world.as("ada-many-conditions").createQuery(text);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).contains("WHERE has 201 conditions").contains("200 at most");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
