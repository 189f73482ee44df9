package dev.reprise.server.receiver;

import java.util.Map;

/// One request.
///
/// @param headers besides those that every request has, in their order
/// @param body empty for none
public record Message(Target target, String method, Map<String, String> headers, String body) {}
