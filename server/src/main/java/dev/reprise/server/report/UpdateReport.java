package dev.reprise.server.report;

import dev.reprise.schedule.Schedule;
import dev.reprise.server.wire.RequestBody;
import dev.reprise.server.wire.Times;
import dev.reprise.server.wire.WireProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A caller's order to change a report: what the body does not say stays.
public record UpdateReport(RequestBody body, WireProfile profile) {
  /// Checks what must be there, whatever the report.
  public UpdateReport {
    body.required("ReportName");
    body.required("StartTime");
  }

  /// The saved query that is to take the place of the report's.
  Optional<String> queryId() {
    return body.text("QueryId");
  }

  /// The order as if the whole report were made anew.
  CreateReport onto(Report report, int shortestHours) {
    // A report on a schedule stays one.
    RequestBody whole = body.orElse(standing(report), List.of("ExecuteNow"));
    return CreateReport.read(whole, profile, shortestHours);
  }

  private static Map<String, String> standing(Report report) {
    Definition definition = report.definition();
    Schedule schedule = report.schedule();
    Map<String, String> fields = new HashMap<>();
    definition.description().ifPresent(text -> fields.put("Description", text));
    fields.put("QueryId", definition.queryId());
    fields.put("RecurrenceInterval", String.valueOf(schedule.interval().toHours()));
    schedule.count().ifPresent(count -> fields.put("RecurrenceCount", String.valueOf(count)));
    schedule.end().ifPresent(end -> fields.put("EndTime", Times.format(end)));
    fields.put("Format", definition.format().word());
    definition.callback().url().ifPresent(url -> fields.put("CallbackUrl", url));
    fields.put("CallbackMethod", definition.callback().method().name());
    return fields;
  }
}
