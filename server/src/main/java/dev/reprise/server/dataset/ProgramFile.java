package dev.reprise.server.dataset;

import dev.reprise.server.wire.ApiVersion;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// How a program shows itself, apart from its datasets.
///
/// @param oldBasePaths other names of `/insights/v1/<program>`
/// @param versions how it looks under each version of the API
public record ProgramFile(String name, List<String> oldBasePaths, Map<ApiVersion, Look> versions) {
  public ProgramFile {
    oldBasePaths = List.copyOf(oldBasePaths);
    versions = Map.copyOf(versions);
  }

  /// Which fields records have, each list in the order and the spelling of the answers.
  ///
  /// @param tryRows the most rows of a trial; empty where only the setting limits them
  public record Look(
      OptionalInt tryRows,
      List<String> reportFields,
      List<String> executionFields,
      List<String> datasetFields) {
    public Look {
      reportFields = List.copyOf(reportFields);
      executionFields = List.copyOf(executionFields);
      datasetFields = List.copyOf(datasetFields);
    }
  }
}
