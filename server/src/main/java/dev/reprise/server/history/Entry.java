package dev.reprise.server.history;

/// An event with its place in the chain of its report.
///
/// @param sequence 1 for the first
/// @param previousHash of the entry before it; see [Chain#BEGIN] for the first
public record Entry(int sequence, Event event, String previousHash, String hash) {}
