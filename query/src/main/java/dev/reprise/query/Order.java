package dev.reprise.query;

/// One name of `ORDER BY`. Empty values come last either way.
public record Order(Field field, boolean ascending) {}
