package dev.reprise.server.report;

import java.time.Duration;

/// How much a user may ask for.
///
/// @param activeReports at once, in all programs
/// @param executeNow reports that run once, in 60 minutes
/// @param leadTime between the order and the first slot
public record ReportLimits(
    int activeReports, int executeNow, Duration leadTime, int shortestIntervalHours) {}
