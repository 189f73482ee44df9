package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.server.dataset.CatalogFiles;
import dev.reprise.server.setting.StartRefused;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A program is data: one beside those that are shipped needs files only.
class ThirdProgramTest {
  private static final String FILE = "programs/retail.json";

  @TempDir private Path data;

  @Test
  void aThirdProgramIsServedFromItsFilesAlone() {
    try (var world = World.of(with(Map.of()), data)) {
      Api ada = world.as("ada").under("/insights/v1/Retail");
      assertThat(ada.get("/ScheduledDataset").one())
          .containsExactly(
              Map.entry("DatasetName", "TillSales"), Map.entry("MINIMUMRECURRENCEINTERVAL", 6));
      assertThat(ada.get("/ScheduledQueries").value())
          .extracting(query -> query.get("QueryId"))
          .containsExactly("retail-1");
      String trial =
          "/ScheduledQueries/testQueryResult?exportQuery=SELECT+Till,SoldOn+FROM+TillSales+TIMESPAN+LIFETIME";
      assertThat(ada.get(trial).value()).hasSize(3);
      assertThat(ada.under("/insights/v1.1/retail").get(trial).value()).hasSize(100);

      Reply created =
          ada.createReport(
              "retail-1", "\"RecurrenceInterval\":6,\"StartTime\":\"%s\"".formatted(world.in(5)));
      assertThat(created.one().keySet())
          .containsExactly("ReportId", "ReportStatus", "reportname", "Query");
      String report = created.text("ReportId");
      for (String base : List.of("/shop", "/analytics/retail", "/insights/v1/retail")) {
        assertThat(ada.under(base).get("/ScheduledReport?reportId=" + report).one())
            .as(base)
            .isEqualTo(created.one());
      }
      assertThat(ada.under("/analytics/cmp").get("/ScheduledReport?reportId=" + report).status())
          .isEqualTo(404);
      assertThat(ada.under("/shop").put("/ScheduledReport/pause/" + report).status())
          .isEqualTo(200);
      assertThat(ada.put("/ScheduledReport/resume/" + report).status()).isEqualTo(200);
      ada.advance("PT6H");
      Reply executions = ada.get("/ScheduledReport/execution/" + report);
      assertThat(executions.one().keySet())
          .containsExactly("ExecutionId", "ExecutionStatus", "ReportAccessSecureLink");
      String link = executions.text("ReportAccessSecureLink");
      assertThat(ada.send("GET", link, "", List.of()).body().lines())
          .hasSize(3)
          .first()
          .isEqualTo("Till,Pieces");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ReportStatus     | ReportState   | an unknown field 'ReportState' in retail v1; there are CallbackMethod",
        "ExecutionStatus  | ReportStatus  | an unknown field 'ReportStatus' in retail v1; there are CallbackMethod",
        "DatasetName      | Dataset       | an unknown field 'Dataset' in retail v1; there are AvailableDateRanges",
        "reportname       | reportID      | field 'reportID' twice in retail v1",
        "executionFields  | runFields     | programs/retail.json is wrong near line 9: there is no v1.runFields",
        "v1.1             | v2            | programs/retail.json is wrong near line 16: there is no v2",
        "v1.1             | v1            | v1.1 is missing",
        "/shop            | shop          | 'shop' is no base path such as /analytics/retail",
        "\"tryRows\": 3   | \"tryRows\": 0 | v1.tryRows is 0, below 1",
        "\"retail\"       | \"other\"     | it is of program 'other', not of 'retail'",
        "Paths\":         | Paths\"       | is not JSON",
      })
  void aWrongFileStopsTheStartWithOneLine(String text, String other, String line) {
    String file = text(FILE);
    assertThat(file).contains(text);
    CatalogFiles files = with(Map.of(FILE, file.replace(text, other)));
    World.prepare(data); // Without it each would make sample data first.
    assertThatThrownBy(() -> World.of(files, data))
        .isInstanceOfSatisfying(
            StartRefused.class, refused -> assertThat(refused.line()).contains(line));
  }

  @Test
  void aProgramWithoutAFileStopsTheStart() {
    CatalogFiles files =
        name -> name.equals(FILE) ? CatalogFiles.SHIPPED.open(name) : with(Map.of()).open(name);
    assertThatThrownBy(() -> World.of(files, data))
        .isInstanceOfSatisfying(
            StartRefused.class,
            refused ->
                assertThat(refused.line())
                    .isEqualTo("The catalog has no file programs/retail.json"));
  }

  /// The shipped catalog with one program more.
  private static CatalogFiles with(Map<String, String> instead) {
    return name -> {
      String given = instead.get(name);
      if (given != null) {
        return bytes(given);
      }
      return switch (name) {
        case "datasets.json" -> bytes(longer(name, text("dataset.json")));
        case "system-queries.json" -> bytes(longer(name, text("system-query.json")));
        case FILE -> bytes(text(name));
        default -> CatalogFiles.SHIPPED.open(name);
      };
    };
  }

  /// A shipped list with one object more.
  private static String longer(String name, String object) throws IOException {
    try (InputStream in = CatalogFiles.SHIPPED.open(name)) {
      String list = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      return list.substring(0, list.length() - 1) + "," + object + "]";
    }
  }

  private static String text(String name) {
    try (InputStream in = ThirdProgramTest.class.getResourceAsStream("/third-program/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
