package dev.reprise.query;

/// What a column or metric holds.
///
/// - Units: a [#MONTH] is the first day of a month, written `APR-2023`; a [#TIMESTAMP] is UTC.
public enum ColumnType {
  STRING,
  INTEGER,
  DECIMAL,
  DATE,
  TIMESTAMP,
  BOOLEAN,
  MONTH
}
