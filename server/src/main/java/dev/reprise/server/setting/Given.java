package dev.reprise.server.setting;

/// A value as it was written, and where: a flag, a variable, or a file and its line.
record Given(String value, String place) {}
