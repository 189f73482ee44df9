package dev.reprise.api;

/// Every way in which the service says no: the HTTP status, the text that the answer starts with,
/// and what the caller can do.
///
/// - Shape: a text may hold `%s` for the limits and values named in it; see [#refuse].
/// - Limits: a name is API. It is never renamed and never given a second meaning.
/// - Source: the texts of the public contract are kept word for word; the rest is ours.
public enum ErrorCode {
  // A query that cannot be run.
  DATASET_UNKNOWN(
      400,
      "Invalid table name",
      "Name a dataset of the program in the path; the message has the nearest."),
  COLUMN_UNKNOWN(
      400,
      "Incorrect column name",
      "Name a column or metric of the dataset; the message has the nearest."),
  QUERY_INVALID(
      400, "Invalid query", "Mend each fault that the message names, at its line and column."),
  QUERY_TOO_LONG(400, "Query text is limited to %s bytes", "Shorten the query, or make several."),
  QUERY_TOO_SLOW(
      400,
      "The query took longer than %s seconds",
      "Narrow the date range or the columns, or raise `limits.try-seconds`."),
  QUERY_TOO_LARGE(
      400,
      "The query is too large",
      "Narrow the date range or the columns, or raise `engine.memory`."),
  QUERY_NAME_TOO_LONG(
      400,
      "Limit Name and Description length to %s characters or less",
      "Shorten the name or the description."),
  QUERY_ID_INVALID(
      400,
      "Invalid QueryId",
      "Use the QueryId of one of your own queries or of a system query of the same program."),
  QUERY_QUOTA_EXCEEDED(
      400,
      "Number of queries exceeded. Delete few queries before creating new queries",
      "Delete a query, or raise `limits.queries`."),
  COLUMN_SENSITIVE(
      403,
      "Forbidden",
      "Leave the named columns out of WHERE and ORDER BY, or use a token with another role."),

  // A request whose values do not fit.
  VALUE_MISSING(400, "Null or missing value", "Give the field that the message names."),
  VALUE_UNKNOWN(400, "Requested value '%s' not found", "Use one of the documented values."),
  VALUE_INVALID(400, "Invalid value", "Give the field in the form that the message names."),
  BODY_INVALID(400, "Invalid request body", "Send one JSON object."),
  CONTENT_TYPE_INVALID(
      400,
      "Content-Type should be application/json",
      "Send `Content-Type: application/json` with a body."),
  REPORT_ID_AMBIGUOUS(400, "Invalid reportId", "Give the id once, in the path or as a parameter."),
  RECURRENCE_INTERVAL_INVALID(
      400,
      "Recurrence Interval must be between %s and %s",
      "Give whole hours within the bounds; a dataset may want a longer interval."),
  START_TIME_INVALID(
      400,
      Texts.WRONG + "StartTime should follow format: yyyy-MM-ddTHH:mm:ssZ",
      "Write the time in UTC, to the second."),
  START_TIME_TOO_EARLY(
      400,
      Texts.WRONG + "Start time of report should at least be %s from current UTC time",
      "Choose a later time, or lower `limits.lead-time`."),
  END_TIME_INVALID(
      400,
      Texts.WRONG + "EndTime should follow format: yyyy-MM-ddTHH:mm:ssZ",
      "Write the time in UTC, to the second."),
  END_TIME_TOO_EARLY(
      400, Texts.WRONG + "EndTime should be greater than StartTime", "Choose a later end."),
  FORMAT_INVALID(400, Texts.WRONG + "Report format should be csv/tsv", "Ask for csv or tsv."),
  REPORT_NAME_INVALID(
      400,
      Texts.WRONG + "Invalid character (;) in ReportName",
      "Leave the semicolon out: lists of names are separated by it."),
  CALLBACK_METHOD_INVALID(
      400, Texts.WRONG + "CallbackMethod can only be GET or POST", "Use GET or POST."),
  RECURRENCE_COUNT_INVALID(
      400,
      Texts.WRONG + "Recurrence count has to be a positive integer value",
      "Give a whole number above 0."),
  NAME_TOO_LONG(
      400,
      Texts.WRONG + "Limit ReportName and Description length to %s characters or less",
      "Shorten the name or the description."),

  // A report that cannot do this now.
  REPORT_QUOTA_EXCEEDED(
      400,
      "User has exceeded its report creation quota of %s active reports",
      "Pause or end a report, or raise `limits.active-reports`."),
  EXECUTE_NOW_QUOTA_EXCEEDED(
      400,
      "User has exceeded its ExecuteNow report creation quota of %s reports/60 mins",
      "Wait, or raise `limits.execute-now`."),
  REPORT_INACTIVE(400, "Report is inactive", "Make a new report: this one has no slot left."),
  PAUSE_UNTIL_INVALID(
      400,
      "A pause can only last until a later time, and not beyond EndTime",
      "Choose a time between now and EndTime, or leave `until` out and resume yourself."),
  PLAN_OUTDATED(
      409,
      "The plan does not hold any more",
      "Ask for the plan again with `dryRun=true` and look at what is different."),

  TOO_MANY_REPORTS(
      400,
      "More than %s reports fit the filter",
      "Choose fewer, by program, dataset, query, user or ids; nothing has changed."),

  // A caller who may not, or something that is not there.
  UNAUTHORIZED(
      401, "Unauthorized", "Get a new token; the message says what is wrong with this one."),
  FORBIDDEN(403, "Forbidden", "Use a token with one of the roles that the message names."),
  ITEM_NOT_FOUND(
      404,
      "No item found with given filters",
      "Check the id, the program in the path and whose token it is."),
  EXECUTION_NOT_FOUND(
      404,
      "There are no executions that have occurred for the given filter "
          + "conditions. Please recheck the reportId or executionId and retry the "
          + "API after the report's scheduled execution time",
      "Wait for the report's next slot, or ask for other statuses."),
  RESULT_NOT_FOUND(404, "There is no such file", "Ask for the executions again: the file is gone."),
  RESULT_REMOVED(
      410,
      "This file is no longer kept",
      "Files are removed by age or size, as the settings results.keep and results.size say;"
          + " the proof of the execution stays."),
  LINK_INVALID(
      403,
      "This link is not valid or has expired",
      "Ask for the executions again: each answer has a fresh link."),
  PATH_UNKNOWN(404, "There is no such call", "Check the base path, the version and the program."),
  METHOD_NOT_ALLOWED(405, "Method not allowed", "Use a method that the `Allow` header names."),
  REQUEST_TOO_LARGE(413, "A request body is limited to %s bytes", "Send less."),
  RANGE_UNSATISFIABLE(
      416, "The file does not have this range", "Ask for a range within `Content-Range`."),
  RATE_LIMIT_EXCEEDED(
      429,
      "Rate limit of %s requests per %s seconds exceeded",
      "Wait as many seconds as `Retry-After` says, or raise `rate-limit.requests`."),
  REQUEST_INVALID(400, "Bad request", "Send a well-formed HTTP request."),

  // Our fault.
  INTERNAL_ERROR(
      500,
      "Internal error encountered while %s. Correlation ID %s",
      "Try again; if it stays, look for the correlation id in the log.");

  private final int status;
  private final String text;
  private final String advice;

  ErrorCode(int status, String text, String advice) {
    this.status = status;
    this.text = text;
    this.advice = advice;
  }

  /// The HTTP status of the answer.
  public int status() {
    return status;
  }

  /// What the message starts with; may hold `%s`.
  public String text() {
    return text;
  }

  /// What the caller can do about it.
  public String advice() {
    return advice;
  }

  /// The refusal with nothing to add to the text.
  ///
  /// @param values what the `%s` of the text stand for, in order
  public RefusedException refuse(Object... values) {
    return new RefusedException(this, text.formatted(values));
  }

  /// The refusal with what exactly was wrong: the field, the value, the limit.
  ///
  /// @param values what the `%s` of the text stand for, in order
  public RefusedException because(String detail, Object... values) {
    return new RefusedException(this, text.formatted(values) + ": " + detail);
  }

  /// The refusal in words that are complete without the text of this code.
  public RefusedException saying(String message) {
    return new RefusedException(this, message);
  }

  /// Words that several texts start with; constants of an enum cannot use fields of their own.
  private static final class Texts {
    static final String WRONG = "Invalid report parameters for creation - ";
  }
}
