package dev.reprise.server.access;

import java.util.function.BiPredicate;

/// Someone whose tokens are believed: which issuers they may name, and the keys that must have
/// signed them. Both belong together, so that no issuer's key can sign in the name of another.
///
/// @param names whether the claims `iss` and `tid` (lower-cased), in this order, are this issuer's
public record TrustedIssuer(BiPredicate<String, String> names, KeySource keys) {}
