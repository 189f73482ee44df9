package dev.reprise.server.report;

import dev.reprise.api.Format;
import dev.reprise.query.Window;
import java.util.Optional;

/// What a report is to make: the query, the file and the callback.
///
/// @param queryText kept with the report, whatever becomes of the saved query
/// @param once whether it runs once, at once, instead of on a schedule
/// @param period what replaces the date range of the query; only for a report that runs once
public record Definition(
    String name,
    Optional<String> description,
    String queryId,
    String queryText,
    Format format,
    Callback callback,
    boolean once,
    Optional<Window> period) {

  /// Whom to tell when a file is ready.
  ///
  /// @param url empty to tell nobody
  public record Callback(Optional<String> url, Method method) {
    /// How the callback is made.
    public enum Method {
      GET,
      POST
    }
  }
}
