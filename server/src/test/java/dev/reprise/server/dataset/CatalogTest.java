package dev.reprise.server.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.reprise.query.ColumnType;
import dev.reprise.query.Dataset;
import dev.reprise.query.DateRange;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private static final String SALES =
      """
      [{"program": "cmp", "name": "Sales", "description": "What was sold", "dateColumn": "Day",
        "minimumRecurrenceInterval": 4, "availableDateRanges": ["LIFETIME"],
        "columns": [{"name": "Day", "type": "date", "description": "Day of the sale"}],
        "metrics": [{"name": "Total", "function": "sum", "of": "Price", "type": "decimal"}],
        "measures": [{"name": "Price", "type": "decimal"}]}]
      """;

  @Test
  void shippedCatalogHasAllDatasetsOfBothPrograms() {
    Catalog catalog = Catalog.load();
    assertThat(catalog.datasets()).hasSize(31);
    assertThat(catalog.programs()).extracting(Program::name).containsExactly("cmp", "mpn");
    assertThat(catalog.datasets().stream().mapToInt(dataset -> dataset.columns().size()).sum())
        .isEqualTo(972);
  }

  @Test
  void namesFitInAnyCasing() {
    Program program = Catalog.load().program("CMP").orElseThrow();
    assertThat(program.named("isvusage").orElseThrow().name()).isEqualTo("ISVUsage");
    assertThat(program.named("ISVUSAGE")).isEqualTo(program.named("isvusage"));
    assertThat(program.named("AzureUsage")).isEmpty();
    assertThat(program.names()).startsWith("ISVCustomer", "ISVOrder");
    assertThat(Catalog.load().program("nobody")).isEmpty();
  }

  @Test
  void datasetHasWhatTheFileSays() {
    Dataset usage = Catalog.load().program("cmp").orElseThrow().named("ISVUsage").orElseThrow();
    assertThat(usage.dateColumn()).contains("UsageDate");
    assertThat(usage.minimumRecurrenceInterval()).isEqualTo(4);
    assertThat(usage.dateRanges()).contains(DateRange.LAST_3_YEARS, DateRange.LIFETIME);
    assertThat(usage.columns()).hasSize(58);
    assertThat(usage.metrics()).hasSize(6);
    assertThat(usage.measures()).hasSize(6);
    assertThat(usage.columns().getFirst().type()).isEqualTo(ColumnType.STRING);
    assertThat(usage.columns())
        .filteredOn(column -> column.name().equals("IsPreviewSKU"))
        .allSatisfy(column -> assertThat(column.values()).containsExactly("Yes", "No"));
  }

  @Test
  void datasetWithoutDatesHasNoDateColumn() {
    Program partners = Catalog.load().program("mpn").orElseThrow();
    assertThat(partners.named("Profile").orElseThrow().dateColumn()).isEmpty();
  }

  @Test
  void sensitiveColumnsAreMarked() {
    Dataset customers =
        Catalog.load().program("cmp").orElseThrow().named("ISVCustomer").orElseThrow();
    assertThat(customers.columns())
        .filteredOn(column -> column.sensitive())
        .extracting(column -> column.name())
        .contains("Email")
        .doesNotContain("CustomerId");
  }

  @Test
  void smallCatalogIsRead() {
    assertThat(read(SALES).datasets()).extracting(Dataset::name).containsExactly("Sales");
  }

  @Test
  void wrongCatalogSaysWhatIsWrongAndWhere() {
    refused(SALES.replace("\"type\": \"date\"", "\"type\": \"day\""), "'day' is not a ColumnType");
    refused(SALES.replace("\"of\": \"Price\"", "\"of\": \"Prize\""), "Total is of Prize");
    refused(SALES.replace("\"dateColumn\": \"Day\"", "\"dateColumn\": \"Night\""), "Night");
    refused(SALES.replace("\"name\": \"Sales\", ", ""), "name is missing");
    refused(SALES.replace("\"LIFETIME\"", "\"EVER\""), "'EVER' is not a DateRange");
    refused(SALES.replace("[{\"name\": \"Day\"", "7, [{\"name\": \"Day\""), "expected START_ARRAY");
    refused(SALES.replace(": 4", ": \"four\""), "not a number of hours: four");
    refused(SALES.substring(0, 120), "not JSON");
    refused("[" + object() + "," + object() + "]", "Sales twice");
  }

  private static String object() {
    return SALES.strip().substring(1, SALES.strip().length() - 1);
  }

  private static void refused(String json, String why) {
    assertThatIllegalStateException().isThrownBy(() -> read(json)).withMessageContaining(why);
  }

  private static Catalog read(String json) {
    return Catalog.load(name ->
        name.equals("datasets.json")
            ? new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))
            : CatalogFiles.SHIPPED.open(name));
  }
}
