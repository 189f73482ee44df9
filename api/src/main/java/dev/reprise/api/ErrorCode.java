package dev.reprise.api;

/// Every way in which the service says no: the HTTP status and the text that the answer starts
/// with.
///
/// - Shape: a text may hold `%s` for the limits and values named in it; see [#refuse].
/// - Limits: a name is API. It is never renamed and never given a second meaning.
/// - Source: the texts of the public contract are kept word for word; the rest is ours.
public enum ErrorCode {
  // A query that cannot be run.
  DATASET_UNKNOWN(400, "Invalid table name"),
  COLUMN_UNKNOWN(400, "Incorrect column name"),
  QUERY_INVALID(400, "Invalid query"),
  QUERY_TOO_LONG(400, "Query text is limited to %s bytes"),
  QUERY_NAME_TOO_LONG(400, "Limit Name and Description length to %s characters or less"),
  QUERY_ID_INVALID(400, "Invalid QueryId"),
  QUERY_QUOTA_EXCEEDED(
      400, "Number of queries exceeded. Delete few queries before creating new queries"),
  COLUMN_SENSITIVE(403, "Forbidden"),

  // A request whose values do not fit.
  VALUE_MISSING(400, "Null or missing value"),
  VALUE_UNKNOWN(400, "Requested value '%s' not found"),
  VALUE_INVALID(400, "Invalid value"),
  BODY_INVALID(400, "Invalid request body"),
  CONTENT_TYPE_INVALID(400, "Content-Type should be application/json"),
  REPORT_ID_AMBIGUOUS(400, "Invalid reportId"),
  RECURRENCE_INTERVAL_INVALID(400, "Recurrence Interval must be between %s and %s"),
  START_TIME_INVALID(
      400,
      "Invalid report parameters for creation - StartTime should follow format:"
          + " yyyy-MM-ddTHH:mm:ssZ"),
  START_TIME_TOO_EARLY(
      400,
      "Invalid report parameters for creation - Start time of report should at least be %s from"
          + " current UTC time"),
  END_TIME_INVALID(
      400,
      "Invalid report parameters for creation - EndTime should follow format:"
          + " yyyy-MM-ddTHH:mm:ssZ"),
  END_TIME_TOO_EARLY(
      400, "Invalid report parameters for creation - EndTime should be greater than StartTime"),
  FORMAT_INVALID(400, "Invalid report parameters for creation - Report format should be csv/tsv"),
  REPORT_NAME_INVALID(
      400, "Invalid report parameters for creation - Invalid character (;) in ReportName"),
  CALLBACK_METHOD_INVALID(
      400, "Invalid report parameters for creation - CallbackMethod can only be GET or POST"),
  RECURRENCE_COUNT_INVALID(
      400,
      "Invalid report parameters for creation - Recurrence count has to be a positive integer"
          + " value"),
  NAME_TOO_LONG(
      400,
      "Invalid report parameters for creation - Limit ReportName and Description length to %s"
          + " characters or less"),

  // A report that cannot do this now.
  REPORT_QUOTA_EXCEEDED(400, "User has exceeded its report creation quota of %s active reports"),
  EXECUTE_NOW_QUOTA_EXCEEDED(
      400, "User has exceeded its ExecuteNow report creation quota of %s reports/60 mins"),
  REPORT_INACTIVE(400, "Report is inactive"),
  PLAN_STALE(409, "The plan no longer holds"),

  // A caller who may not, or something that is not there.
  UNAUTHORIZED(401, "Unauthorized"),
  FORBIDDEN(403, "Forbidden"),
  ITEM_NOT_FOUND(404, "No item found with given filters"),
  EXECUTION_NOT_FOUND(
      404,
      "There are no executions that have occurred for the given filter conditions. Please recheck"
          + " the reportId or executionId and retry the API after the report's scheduled execution"
          + " time"),
  RESULT_NOT_FOUND(404, "There is no such file"),
  LINK_INVALID(403, "This link is not valid or has expired"),
  PATH_UNKNOWN(404, "There is no such call"),
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  REQUEST_TOO_LARGE(413, "A request body is limited to %s bytes"),
  RANGE_UNSATISFIABLE(416, "The file does not have this range"),
  REQUEST_INVALID(400, "Bad request"),

  // Our fault.
  INTERNAL_ERROR(500, "Internal error encountered while %s. Correlation ID %s");

  private final int status;
  private final String text;

  ErrorCode(int status, String text) {
    this.status = status;
    this.text = text;
  }

  /// The HTTP status of the answer.
  public int status() {
    return status;
  }

  /// What the message starts with; may hold `%s`.
  public String text() {
    return text;
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
}
