package dev.reprise.server.report;

import dev.reprise.query.Window;
import dev.reprise.schedule.Schedule;
import dev.reprise.schedule.State;
import dev.reprise.server.wire.Times;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A report as callers see it: what each field shows. Which of them, and in which order, is for the
/// program to say.
final class ReportView {
  static final Map<String, Function<Report, @Nullable Object>> VALUES =
      Map.ofEntries(
          Map.entry("ReportId", report -> report.id().toString()),
          Map.entry("ReportName", report -> report.definition().name()),
          Map.entry("Description", report -> report.definition().description().orElse(null)),
          Map.entry("QueryId", report -> report.definition().queryId()),
          Map.entry("Query", report -> report.definition().queryText()),
          Map.entry("User", report -> report.owner().user()),
          Map.entry("CreatedTime", report -> Times.format(report.createdAt())),
          Map.entry("ModifiedTime", report -> report.modifiedAt().map(Times::format).orElse(null)),
          Map.entry("ExecuteNow", report -> report.definition().once()),
          Map.entry(
              "QueryStartTime",
              report ->
                  report
                      .definition()
                      .period()
                      .flatMap(Window::from)
                      .map(Times::format)
                      .orElse(null)),
          Map.entry(
              "QueryEndTime",
              report ->
                  report.definition().period().flatMap(Window::to).map(Times::format).orElse(null)),
          Map.entry(
              "StartTime",
              report -> schedule(report).map(s -> Times.format(s.start())).orElse(null)),
          Map.entry(
              "EndTime",
              report -> schedule(report).flatMap(Schedule::end).map(Times::format).orElse(null)),
          Map.entry("ReportStatus", report -> status(report.state())),
          Map.entry(
              "RecurrenceInterval",
              report -> schedule(report).map(s -> s.interval().toHours()).orElse(null)),
          Map.entry(
              "RecurrenceCount", report -> schedule(report).flatMap(Schedule::count).orElse(null)),
          Map.entry("CallbackUrl", report -> report.definition().callback().url().orElse(null)),
          Map.entry("CallbackMethod", report -> report.definition().callback().method().name()),
          Map.entry("Format", report -> report.definition().format().word()));

  private ReportView() {}

  private static String status(State state) {
    return switch (state) {
      case State.Active active -> "Active";
      case State.Paused paused -> "Paused";
      case State.Inactive inactive -> "Inactive";
    };
  }

  private static Optional<Schedule> schedule(Report report) {
    return report.definition().once() ? Optional.empty() : Optional.of(report.schedule());
  }
}
