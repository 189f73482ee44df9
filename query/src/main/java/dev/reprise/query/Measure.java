package dev.reprise.query;

/// A stored field that only metrics read; a query cannot name it.
public record Measure(String name, ColumnType type) {}
