package dev.reprise.server.rights;

/// Who somebody is, whatever the program.
public record User(String tenant, String name) {}
