package dev.reprise.api;

import java.time.Duration;

/// The limits that hold for every caller and cannot be set. Those that can are settings.
///
/// - Source: the lifecycle, "Limits"; those without a documented text are ours.
public final class Limits {
  /// Of a request body.
  public static final int BODY_BYTES = 1024 * 1024;

  /// Of a request line, and of all headers together: a list of 150 ids takes 6 KB.
  public static final int REQUEST_HEAD_BYTES = 32 * 1024;

  /// Of the name or the description of a query or a report, in UTF-16 units.
  public static final int NAME_CHARACTERS = 256;

  /// Of the reason for a pause or a resume, in UTF-16 units.
  public static final int REASON_CHARACTERS = 256;

  /// Of a query's text, in UTF-8.
  public static final int QUERY_BYTES = 32 * 1024;

  /// Of a query's WHERE. With more, an engine takes seconds to plan, or cannot.
  public static final int QUERY_CONDITIONS = 200;

  /// The longest recurrence interval.
  public static final int INTERVAL_HOURS = 2160;

  /// How far back executions are listed.
  public static final Duration EXECUTIONS_LISTED = Duration.ofDays(90);

  /// Reports, queries or executions in one answer; a link leads to the next.
  public static final int RECORDS_PER_ANSWER = 1_000;

  /// Events of a history in one answer: each may hold a query's text twice.
  public static final int EVENTS_PER_ANSWER = 100;

  /// Callbacks in one answer: each may have 50 attempts.
  public static final int CALLBACKS_PER_ANSWER = 100;

  /// Reports that one call pauses or resumes.
  public static final int REPORTS_AT_ONCE = 1_000;

  /// Slots that one call tells.
  public static final int NEXT_SLOTS = 1_000;

  private Limits() {}
}
