package dev.reprise.server.callback;

import dev.reprise.server.report.Definition.Callback.Method;
import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.Json;
import dev.reprise.server.wire.Times;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A callback that is to be tried now, with all that an attempt needs.
///
/// @param round which replay it is; an attempt of an earlier one decides nothing
/// @param tries how many attempts of this round there have been
record Due(
    UUID execution,
    String receiver,
    int round,
    int tries,
    Method method,
    String url,
    Secrets.Marks marks,
    Completed completed) {

  /// What is told of the execution: its slot, and the proof of its file.
  ///
  /// @param mergedFrom the oldest slot whose data the file has too
  record Completed(
      Instant slot,
      int attempts,
      Instant at,
      Optional<Instant> mergedFrom,
      Optional<Instant> windowFrom,
      Optional<Instant> windowTo,
      long rows,
      long bytes,
      String sha256) {}

  String id() {
    return execution.toString();
  }

  /// The body of a POST: the same text in every attempt.
  ///
  /// - Source: Standard Webhooks, "Payload structure".
  String body() {
    List<Field> data =
        List.of(
            new Field("executionId", id()),
            new Field("reportId", marks.report().toString()),
            new Field("slot", Times.format(completed.slot())),
            new Field("status", "Completed"),
            new Field("attempts", completed.attempts()),
            new Field("endedAt", Times.format(completed.at())),
            new Field("mergedFrom", time(completed.mergedFrom())),
            new Field("windowFrom", time(completed.windowFrom())),
            new Field("windowTo", time(completed.windowTo())),
            new Field("rows", completed.rows()),
            new Field("bytes", completed.bytes()),
            new Field("sha256", completed.sha256()),
            new Field("complete", true));
    List<Field> event =
        List.of(
            new Field("type", "execution.completed"),
            new Field("timestamp", Times.format(completed.at())),
            new Field("data", data));
    return new String(Json.object(event, name -> name), StandardCharsets.UTF_8);
  }

  private static @Nullable String time(Optional<Instant> instant) {
    return instant.map(Times::format).orElse(null);
  }
}
