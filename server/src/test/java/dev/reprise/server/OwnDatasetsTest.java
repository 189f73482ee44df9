package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.query.Sql;
import dev.reprise.server.engine.Cancel;
import dev.reprise.server.engine.Rows;
import dev.reprise.server.setting.StartRefused;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Reports over rows that an operator brings.
class OwnDatasetsTest {
  private static final String SALES =
      """
      {"program": "cmp", "name": "Sales", "description": "What we sold",
       "source": "sales-*.parquet", "dateColumn": "Day",
       "minimumRecurrenceInterval": 4, "availableDateRanges": ["LIFETIME"],
       "columns": [
         {"name": "Day", "type": "date", "description": "When"},
         {"name": "Offer", "type": "string", "description": "What"},
         {"name": "Price", "type": "decimal", "description": "For how much"}],
       "metrics": [{"name": "Total", "function": "SUM", "of": "Price", "type": "decimal"}]}
      """;

  @TempDir private Path data;
  @TempDir private Path own;

  @BeforeEach
  void sales() throws Exception {
    Files.writeString(own.resolve("sales.json"), SALES);
    parquet("sales-2026-01.parquet", "DATE '2026-01-05'", "'Basic'", "1.10");
    World.prepare(data);
  }

  @Test
  void filesOfRowsAreReadAndNewOnesAreFound() throws Exception {
    try (var world = World.in(data, "--set", "datasets=" + own)) {
      Api ada = world.as("ada");
      assertThat(file(ada, "SELECT Day, offer, Price FROM sales"))
          .isEqualTo("Day,Offer,Price\n2026-01-05,Basic,1.10\n");
      parquet("sales-2026-02.parquet", "DATE '2026-02-05'", "'Pro'", "2.20");
      assertThat(ada.get("/ScheduledDataset?datasetName=Sales").status()).isEqualTo(200);
      rows(world, "SELECT unknown"); // A run that fails ends its instance, which knows one file.
      assertThat(file(ada, "SELECT Offer, Total FROM Sales ORDER BY Offer ASC"))
          .isEqualTo("Offer,Total\nBasic,1.10\nPro,2.20\n");
      assertThat(file(ada, "SELECT OrderId FROM ISVOrder LIMIT 1")).startsWith("OrderId\n");
    }
  }

  @Test
  void tablesOfAnotherDatabaseAreRead() throws Exception {
    Files.writeString(
        own.resolve("sales.json"),
        SALES.replace("sales-*.parquet\"", "shop.duckdb\", \"table\": \"sold\""));
    duckDb("jdbc:duckdb:" + own.resolve("shop.duckdb"), "CREATE TABLE sold AS " + rows());
    try (var world = World.in(data, "--set", "datasets=" + own)) {
      assertThat(file(world.as("ada"), "SELECT Offer FROM Sales")).isEqualTo("Offer\nBasic\n");
    }
  }

  @Test
  void nothingElseOfTheirFolderCanBeRead() throws Exception {
    Files.writeString(own.resolve("secret.csv"), "a\n1\n");
    try (var world = World.in(data, "--set", "datasets=" + own)) {
      for (String path : List.of("secret.csv", "sales.json", "*.parquet")) {
        assertThat(rows(world, "SELECT * FROM read_text(?)", own.resolve(path).toString()))
            .isInstanceOf(Rows.Failed.class);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Price\", \"type\": \"decimal\", \"d | \"Price\", \"type\": \"integer\", \"d"
            + " | Dataset Sales: Price is DECIMAL(18,2), but is described as integer",
        "\"Offer\" | \"Bid\" | Bid",
        "sales-*.parquet | other.parquet | Dataset Sales: ",
        "sales-*.parquet | none-*.parquet | there is no file",
        "sales-*.parquet | sales.csv | must end with .parquet or .duckdb",
        "\"source\" | \"sauce\" | source is missing",
        "\"Sales\" | \"ISVOrder\" | There are two datasets ISVOrder",
        "\"cmp\" | \"shop\" | The catalog has no file programs/shop.json"
      })
  void aWrongDescriptionIsRefusedAtTheStart(String from, String to, String why) throws Exception {
    assertThat(SALES).contains(from);
    Files.writeString(own.resolve("sales.json"), SALES.replace(from, to));
    assertThatThrownBy(() -> World.in(data, "--set", "datasets=" + own).close())
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(why);
  }

  private static Rows rows(World world, String sql, Object... parameters) {
    var query = new Sql(sql, List.of(parameters), List.of(), true);
    return world.core.engine.rows(query, 1, Duration.ofMinutes(1), new Cancel());
  }

  private static String file(Api caller, String query) {
    String report = caller.report(caller.query(query), "\"ExecuteNow\":true");
    caller.advance("PT0S");
    Reply execution = caller.get("/ScheduledReport/execution/" + report);
    return caller.send("GET", execution.text("ReportAccessSecureLink"), "", List.of()).body();
  }

  private void parquet(String name, String... values) throws Exception {
    duckDb(
        "jdbc:duckdb:",
        "COPY (%s) TO '%s' (FORMAT parquet)".formatted(rows(values), own.resolve(name)));
  }

  private static String rows(String... values) {
    String[] all = values.length > 0 ? values : new String[] {"DATE '2026-01-05'", "'Basic'", "1"};
    return "SELECT %s AS \"Day\", %s AS \"Offer\", %s::DECIMAL(18,2) AS \"Price\""
        .formatted((Object[]) all);
  }

  private static void duckDb(String url, String sql) throws Exception {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
