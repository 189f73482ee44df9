package dev.reprise.query;

import java.time.Instant;
import java.util.Optional;

/// The part of time whose rows a query covers.
///
/// - Shape: half open; `from` is in, `to` is out. A missing end is no bound.
public record Window(Optional<Instant> from, Optional<Instant> to) {}
