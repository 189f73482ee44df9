package dev.reprise.server.report;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Format;
import dev.reprise.api.Limits;
import dev.reprise.query.Window;
import dev.reprise.schedule.Schedule;
import dev.reprise.server.wire.ApiVersion;
import dev.reprise.server.wire.RequestBody;
import dev.reprise.server.wire.Times;
import dev.reprise.server.wire.WireProfile;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A caller's order for a report, each of its values checked on its own.
///
/// @param schedule empty to run once, at once
/// @param period what replaces the date range of the query
public record CreateReport(
    String name,
    Optional<String> description,
    String queryId,
    Optional<Schedule> schedule,
    Optional<Window> period,
    Format format,
    Definition.Callback callback) {
  /// Reads the body of the call.
  ///
  /// @param shortestHours below which no interval may be
  static CreateReport read(
      RequestBody body, ApiVersion version, WireProfile profile, int shortestHours) {
    if (version == ApiVersion.V1_1 && !body.flag("ExecuteNow")) {
      body.required("RecurrenceCount");
    }
    return read(body, profile, shortestHours);
  }

  /// Reads a body that may have every field of every version.
  static CreateReport read(RequestBody body, WireProfile profile, int shortestHours) {
    String name = body.required("ReportName");
    Optional<String> description = body.text("Description");
    checkName(name, description);
    String queryId = body.required("QueryId");
    boolean once = body.flag("ExecuteNow");
    return new CreateReport(
        name,
        description,
        queryId,
        once ? Optional.empty() : Optional.of(schedule(body, profile, shortestHours)),
        once ? period(body, profile) : Optional.empty(),
        format(body),
        callback(body));
  }

  private static void checkName(String name, Optional<String> description) {
    if (name.contains(";")) {
      throw ErrorCode.REPORT_NAME_INVALID.refuse();
    }
    if (name.length() > Limits.NAME_CHARACTERS
        || description.filter(text -> text.length() > Limits.NAME_CHARACTERS).isPresent()) {
      throw ErrorCode.NAME_TOO_LONG.refuse(Limits.NAME_CHARACTERS);
    }
  }

  private static Schedule schedule(RequestBody body, WireProfile profile, int shortestHours) {
    body.required("StartTime");
    body.required("RecurrenceInterval");
    Instant start = time(body, "StartTime", ErrorCode.START_TIME_INVALID, profile).orElseThrow();
    Object[] bounds = {shortestHours, Limits.INTERVAL_HOURS};
    int hours =
        body.integer("RecurrenceInterval", ErrorCode.RECURRENCE_INTERVAL_INVALID, bounds)
            .orElseThrow();
    if (hours < shortestHours || hours > Limits.INTERVAL_HOURS) {
      throw ErrorCode.RECURRENCE_INTERVAL_INVALID.because("RecurrenceInterval is " + hours, bounds);
    }
    Optional<Integer> count = body.integer("RecurrenceCount", ErrorCode.RECURRENCE_COUNT_INVALID);
    if (count.filter(number -> number < 1).isPresent()) {
      throw ErrorCode.RECURRENCE_COUNT_INVALID.because("RecurrenceCount is " + count.get());
    }
    Optional<Instant> end = time(body, "EndTime", ErrorCode.END_TIME_INVALID, profile);
    if (end.filter(time -> !time.isAfter(start)).isPresent()) {
      throw ErrorCode.END_TIME_TOO_EARLY.refuse();
    }
    return new Schedule(start, Duration.ofHours(hours), count, end);
  }

  private static Optional<Instant> time(
      RequestBody body, String name, ErrorCode refusal, WireProfile profile) {
    return body.text(name)
        .map(text ->
            Times.parse(text, profile).orElseThrow(() -> refusal.because(name + " is " + text)));
  }

  private static Optional<Window> period(RequestBody body, WireProfile profile) {
    Optional<Instant> from = timeOrDay(body, "QueryStartTime", profile);
    Optional<Instant> to = timeOrDay(body, "QueryEndTime", profile);
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      throw ErrorCode.VALUE_INVALID.because("QueryEndTime should be greater than QueryStartTime");
    }
    return from.isEmpty() && to.isEmpty() ? Optional.empty() : Optional.of(new Window(from, to));
  }

  private static Optional<Instant> timeOrDay(RequestBody body, String name, WireProfile profile) {
    return body.text(name)
        .map(text ->
            Times.parseTimeOrDay(text, profile).orElseThrow(() -> Times.notATime(name, text)));
  }

  private static Format format(RequestBody body) {
    String word = body.text("Format").orElse("csv");
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "csv" -> Format.CSV;
      case "tsv" -> Format.TSV;
      default -> throw ErrorCode.FORMAT_INVALID.because("Format is " + word);
    };
  }

  private static Definition.Callback callback(RequestBody body) {
    String word = body.text("CallbackMethod").orElse("POST");
    Definition.Callback.Method method =
        switch (word.toUpperCase(Locale.ROOT)) {
          case "GET" -> Definition.Callback.Method.GET;
          case "POST" -> Definition.Callback.Method.POST;
          default -> throw ErrorCode.CALLBACK_METHOD_INVALID.because("CallbackMethod is " + word);
        };
    Optional<String> url = body.text("CallbackUrl");
    if (url.filter(text -> !isHttp(text)).isPresent()) {
      throw ErrorCode.VALUE_INVALID.because(
          "CallbackUrl should be an http or https address, it is " + url.get());
    }
    return new Definition.Callback(url, method);
  }

  private static boolean isHttp(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getPort() <= 65_535
          && ("http".equalsIgnoreCase(uri.getScheme())
              || "https".equalsIgnoreCase(uri.getScheme()));
    } catch (URISyntaxException notAnAddress) {
      return false;
    }
  }
}
