package dev.reprise.server.dataset;

import dev.reprise.api.ErrorCode;
import dev.reprise.query.Column;
import dev.reprise.query.Dataset;
import dev.reprise.query.Metric;
import dev.reprise.server.wire.Answer;
import dev.reprise.server.wire.ApiVersion;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.Calls;
import dev.reprise.server.wire.Field;
import io.helidon.http.Method;
import java.util.List;

/// The call on datasets: what may be queried.
public final class DatasetRoutes {
  private final Programs programs;

  public DatasetRoutes(Programs programs) {
    this.programs = programs;
  }

  public void addTo(Calls calls) {
    programs.on(calls, Method.GET, "/ScheduledDataset", "getting the datasets", this::list);
  }

  private Answer list(Call call) {
    Program program = programs.of(call);
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
        found.stream().map(dataset -> view(dataset, call.version())).toList(),
        "Datasets fetched successfully");
  }

  private static List<Field> view(Dataset dataset, ApiVersion version) {
    // The public page of mpn v1 spells this one so.
    boolean lower = dataset.program().equals("mpn") && version == ApiVersion.V1;
    return List.of(
        new Field("DatasetName", dataset.name()),
        new Field("SelectableColumns", dataset.columns().stream().map(Column::name).toList()),
        new Field("AvailableMetrics", dataset.metrics().stream().map(Metric::name).toList()),
        new Field(
            "AvailableDateRanges",
            dataset.dateRanges().stream().map(range -> range.name()).toList()),
        new Field(
            lower ? "minimumRecurrenceInterval" : "MinimumRecurrenceInterval",
            dataset.minimumRecurrenceInterval()));
  }
}
