package dev.reprise.query;

/// One column of a result: what its header says and what its values are.
///
/// @param type a [ColumnType#MONTH] is already text, such as `APR-2023`
/// @param sensitive whether its values are withheld from some callers
public record OutputColumn(String name, ColumnType type, boolean sensitive) {}
