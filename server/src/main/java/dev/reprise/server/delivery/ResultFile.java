package dev.reprise.server.delivery;

/// A finished result and the proof that nothing of it is missing.
///
/// @param key the execution's id and the ending of the format
/// @param rows without the header line
/// @param sha256 of all bytes, in lower-case hexadecimal digits
public record ResultFile(String key, long bytes, long rows, String sha256) {}
