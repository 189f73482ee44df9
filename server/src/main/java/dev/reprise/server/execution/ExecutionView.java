package dev.reprise.server.execution;

import dev.reprise.schedule.Lifecycle;
import dev.reprise.schedule.Schedule;
import dev.reprise.schedule.State;
import dev.reprise.server.delivery.ResultFile;
import dev.reprise.server.report.Definition;
import dev.reprise.server.report.Report;
import dev.reprise.server.wire.ApiVersion;
import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.Times;
import dev.reprise.server.wire.WireProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An execution as callers see it.
final class ExecutionView {
  private ExecutionView() {}

  /// Where the file of a completed execution can be fetched, and until when.
  record Link(String url, Instant expires) {}

  static List<Field> of(
      Execution execution,
      Report report,
      Optional<Link> link,
      ApiVersion version,
      WireProfile profile) {
    Definition definition = report.definition();
    Optional<Schedule> schedule =
        definition.once() ? Optional.empty() : Optional.of(report.schedule());
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("ExecutionId", execution.id().toString()));
    fields.add(new Field("ReportId", report.id().toString()));
    fields.add(
        new Field(
            "RecurrenceInterval", schedule.map(grid -> grid.interval().toHours()).orElse(null)));
    fields.add(new Field("RecurrenceCount", schedule.flatMap(Schedule::count).orElse(null)));
    fields.add(new Field("CallbackUrl", definition.callback().url().orElse(null)));
    fields.add(new Field("CallbackMethod", definition.callback().method().name()));
    fields.add(new Field("Format", format(execution, definition)));
    fields.add(new Field("ExecutionStatus", execution.status().word()));
    fields.add(new Field("ReportLocation", location(execution, profile).orElse(null)));
    fields.add(new Field("ReportAccessSecureLink", link.map(Link::url).orElse(null)));
    fields.add(
        new Field("ReportExpiryTime", link.map(l -> Times.format(l.expires())).orElse(null)));
    fields.add(
        new Field(
            "ReportGeneratedTime",
            execution
                .result()
                .flatMap(file -> execution.endedAt())
                .map(Times::format)
                .orElse(null)));
    if (version == ApiVersion.V1_1) {
      addV1Dot1(fields, report, schedule);
    }
    return fields;
  }

  private static void addV1Dot1(List<Field> fields, Report report, Optional<Schedule> schedule) {
    fields.add(
        new Field(
            "RemainingRecurrenceCount",
            schedule
                .flatMap(Schedule::count)
                .map(count -> Math.max(0, count - report.state().generated()))
                .orElse(null)));
    fields.add(
        new Field("EndTime", schedule.flatMap(Schedule::end).map(Times::format).orElse(null)));
    fields.add(
        new Field(
            "NextExecutionStartTime",
            report.state() instanceof State.Active active
                ? Lifecycle.pending(active, report.schedule()).map(Times::format).orElse(null)
                : null));
  }

  /// A real client of the live service refuses null; the public pages print it.
  private static Optional<String> location(Execution execution, WireProfile profile) {
    return execution.result().map(ResultFile::key).filter(key -> profile == WireProfile.LIVE);
  }

  /// Of a file that is there, its own; the report may have another by now.
  private static String format(Execution execution, Definition definition) {
    return execution
        .result()
        .map(file -> file.key().substring(file.key().indexOf('.') + 1))
        .orElse(definition.format().word());
  }
}
