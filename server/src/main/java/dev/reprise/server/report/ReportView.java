package dev.reprise.server.report;

import dev.reprise.query.Window;
import dev.reprise.schedule.Schedule;
import dev.reprise.schedule.State;
import dev.reprise.server.wire.ApiVersion;
import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A report as callers see it: which fields, in which order, for each program and version.
final class ReportView {
  private static final List<String> FIELDS_V1_CMP =
      List.of(
          ("ReportId ReportName Description QueryId Query User CreatedTime ModifiedTime StartTime"
                  + " ReportStatus RecurrenceInterval RecurrenceCount CallbackUrl Format")
              .split(" ", -1));
  private static final List<String> FIELDS_V1 =
      List.of(
          ("ReportId ReportName Description QueryId Query User CreatedTime ModifiedTime ExecuteNow"
                  + " StartTime ReportStatus RecurrenceInterval RecurrenceCount CallbackUrl CallbackMethod"
                  + " Format")
              .split(" ", -1));
  private static final List<String> FIELDS_V1_1 =
      List.of(
          ("ReportId ReportName Description QueryId Query User CreatedTime ModifiedTime ExecuteNow"
                  + " QueryStartTime QueryEndTime StartTime EndTime ReportStatus RecurrenceInterval"
                  + " RecurrenceCount CallbackUrl CallbackMethod Format")
              .split(" ", -1));

  private static final Map<String, Function<Report, @Nullable Object>> VALUES =
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

  static List<Field> of(Report report, ApiVersion version) {
    List<String> names =
        switch (version) {
          case V1 -> report.owner().program().equals("cmp") ? FIELDS_V1_CMP : FIELDS_V1;
          case V1_1 -> FIELDS_V1_1;
        };
    List<Field> fields = new ArrayList<>();
    for (String name : names) {
      fields.add(new Field(name, value(name, report)));
    }
    return fields;
  }

  private static @Nullable Object value(String name, Report report) {
    Function<Report, @Nullable Object> value = VALUES.get(name);
    if (value == null) {
      throw new IllegalStateException("reports have no field " + name);
    }
    return value.apply(report);
  }

  static String status(State state) {
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
