package dev.reprise.query;

/// The days that a query covers, as `TIMESPAN` names them.
///
/// - Source: the query language, "Meaning".
public enum DateRange {
  TODAY,
  YESTERDAY,
  LAST_7_DAYS,
  LAST_14_DAYS,
  LAST_30_DAYS,
  LAST_90_DAYS,
  LAST_180_DAYS,
  LAST_365_DAYS,
  LAST_MONTH,
  LAST_3_MONTHS,
  LAST_6_MONTHS,
  LAST_1_YEAR,
  LAST_2_YEARS,
  LAST_3_YEARS,
  LIFETIME
}
