package dev.reprise.server.execution;

import dev.reprise.query.Window;
import dev.reprise.server.report.ReportId;
import java.time.Instant;
import java.util.Optional;

/// All that is recorded of an execution.
///
/// @param attempts how many have started
/// @param mergedFrom the oldest slot whose data its file has too; empty if only its own
/// @param window whose rows its file has; known once it has completed
public record Proof(
    ReportId report,
    Execution execution,
    int attempts,
    Optional<Instant> startedAt,
    Optional<Instant> mergedFrom,
    Window window) {}
