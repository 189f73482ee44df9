package dev.reprise.server.report;

import dev.reprise.api.ErrorCode;
import dev.reprise.server.wire.RequestBody;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which reports an order on many is about: those that fit all that is given.
///
/// @param program in lower case
/// @param dataset as its query names it, in any casing
/// @param reportIds if given, only these, whatever their state; an empty list chooses none
record ReportFilter(
    Optional<String> program,
    Optional<String> dataset,
    Optional<String> queryId,
    Optional<String> user,
    Optional<List<String>> reportIds) {
  ReportFilter {
    reportIds = reportIds.map(List::copyOf);
  }

  /// Reads a filter, which must be there: an order on all reports is not given by leaving it out.
  static ReportFilter read(RequestBody body) {
    RequestBody filter =
        body.object("filter")
            .orElseThrow(() ->
                ErrorCode.VALUE_MISSING.because("filter is required; {} chooses all reports"));
    filter.refuseUnclear("program", "dataset", "queryId", "user", "reportIds");
    return new ReportFilter(
        filter.text("program").map(name -> name.toLowerCase(Locale.ROOT)),
        filter.text("dataset"),
        filter.text("queryId"),
        filter.text("user"),
        filter.has("reportIds") ? Optional.of(ids(filter)) : Optional.empty());
  }

  private static List<String> ids(RequestBody filter) {
    List<String> ids = filter.list("reportIds").stream().map(String::strip).toList();
    if (ids.contains("")) {
      throw ErrorCode.VALUE_INVALID.because("reportIds has an empty text");
    }
    return ids;
  }
}
