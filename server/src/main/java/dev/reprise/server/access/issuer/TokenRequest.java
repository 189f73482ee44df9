package dev.reprise.server.access.issuer;

import java.util.Optional;

/// A token request, its path, header and body taken apart.
///
/// @param tenant as the path has it
/// @param authorization the header of this name
record TokenRequest(Version version, String tenant, Form form, Optional<String> authorization) {}
