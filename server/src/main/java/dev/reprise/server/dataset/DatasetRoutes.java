package dev.reprise.server.dataset;

import dev.reprise.api.ErrorCode;
import dev.reprise.query.Column;
import dev.reprise.query.Dataset;
import dev.reprise.query.DateRange;
import dev.reprise.query.Metric;
import dev.reprise.server.wire.Answer;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.Calls;
import io.helidon.http.Method;
import java.util.List;
import java.util.Map;

/// The call on datasets: what may be queried.
public final class DatasetRoutes {
  private final Programs programs;
  private final Views<Dataset> views;

  public DatasetRoutes(Programs programs) {
    this.programs = programs;
    this.views =
        programs.views(
            ProgramFile.Look::datasetFields,
            Map.of(
                "DatasetName", Dataset::name,
                "SelectableColumns",
                    dataset -> dataset.columns().stream().map(Column::name).toList(),
                "AvailableMetrics",
                    dataset -> dataset.metrics().stream().map(Metric::name).toList(),
                "AvailableDateRanges",
                    dataset -> dataset.dateRanges().stream().map(DateRange::name).toList(),
                "MinimumRecurrenceInterval", Dataset::minimumRecurrenceInterval));
  }

  public void addTo(Calls calls) {
    programs.on(calls, Method.GET, "/ScheduledDataset", "getting the datasets", this::list);
  }

  private Answer list(Call call, Program program) {
    List<String> names = call.parameters().list("datasetName");
    List<Dataset> found =
        program.datasets().stream()
            .filter(dataset ->
                names.isEmpty() || names.stream().anyMatch(dataset.name()::equalsIgnoreCase))
            .toList();
    if (found.isEmpty()) {
      throw ErrorCode.ITEM_NOT_FOUND.refuse();
    }
    return Answer.of(
        found.stream().map(dataset -> views.of(dataset, program, call.version())).toList(),
        "Datasets fetched successfully");
  }
}
