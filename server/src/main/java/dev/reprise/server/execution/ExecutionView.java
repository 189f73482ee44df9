package dev.reprise.server.execution;

import dev.reprise.schedule.Lifecycle;
import dev.reprise.schedule.Schedule;
import dev.reprise.schedule.State;
import dev.reprise.server.delivery.ResultFile;
import dev.reprise.server.report.Definition;
import dev.reprise.server.report.Report;
import dev.reprise.server.wire.Times;
import dev.reprise.server.wire.WireProfile;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An execution as callers see it, with what its fields show of the report.
record ExecutionView(Execution execution, Report report, Optional<Link> link, WireProfile profile) {
  /// What each field shows. Which of them, and in which order, is for the program to say.
  static final Map<String, Function<ExecutionView, @Nullable Object>> VALUES =
      Map.ofEntries(
          Map.entry("ExecutionId", view -> view.execution.id().toString()),
          Map.entry("ReportId", view -> view.report.id().toString()),
          Map.entry(
              "RecurrenceInterval",
              view -> view.schedule().map(grid -> grid.interval().toHours()).orElse(null)),
          Map.entry(
              "RecurrenceCount", view -> view.schedule().flatMap(Schedule::count).orElse(null)),
          Map.entry("CallbackUrl", view -> view.definition().callback().url().orElse(null)),
          Map.entry("CallbackMethod", view -> view.definition().callback().method().name()),
          Map.entry("Format", ExecutionView::format),
          Map.entry("ExecutionStatus", view -> view.execution.status().word()),
          Map.entry("ReportLocation", view -> view.location().orElse(null)),
          Map.entry("ReportAccessSecureLink", view -> view.link.map(Link::url).orElse(null)),
          Map.entry(
              "ReportExpiryTime",
              view -> view.link.map(link -> Times.format(link.expires())).orElse(null)),
          Map.entry(
              "ReportGeneratedTime", view -> view.generated().map(Times::format).orElse(null)),
          Map.entry("RemainingRecurrenceCount", view -> view.remaining().orElse(null)),
          Map.entry(
              "EndTime",
              view -> view.schedule().flatMap(Schedule::end).map(Times::format).orElse(null)),
          Map.entry("NextExecutionStartTime", view -> view.next().map(Times::format).orElse(null)));

  /// Where the file of a completed execution can be fetched, and until when.
  record Link(String url, Instant expires) {}

  private Definition definition() {
    return report.definition();
  }

  private Optional<Schedule> schedule() {
    return definition().once() ? Optional.empty() : Optional.of(report.schedule());
  }

  /// A real client of the live service refuses null; the public pages print it.
  private Optional<String> location() {
    return execution.result().map(ResultFile::key).filter(key -> profile == WireProfile.LIVE);
  }

  private Optional<Instant> generated() {
    return execution.result().flatMap(file -> execution.endedAt());
  }

  private Optional<Integer> remaining() {
    return schedule()
        .flatMap(Schedule::count)
        .map(count -> Math.max(0, count - report.state().generated()));
  }

  private Optional<Instant> next() {
    return report.state() instanceof State.Active active
        ? Lifecycle.pending(active, report.schedule())
        : Optional.empty();
  }

  /// Of a file that is there, its own; the report may have another by now.
  private String format() {
    return execution
        .result()
        .map(file -> file.key().substring(file.key().indexOf('.') + 1))
        .orElse(definition().format().word());
  }
}
