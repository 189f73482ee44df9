package dev.reprise.server;

import dev.reprise.schedule.Watch.Part;
import dev.reprise.server.callback.CallbackStore;
import dev.reprise.server.callback.CallbackTally;
import dev.reprise.server.execution.Tally;
import dev.reprise.server.metric.JooqCounts;
import dev.reprise.server.metric.Metric;
import dev.reprise.server.metric.Metric.Kind;
import dev.reprise.server.metric.Metric.Sample;
import dev.reprise.server.watchdog.Findings.Healed;
import dev.reprise.server.wire.Requests;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// What `/metrics` shows.
final class Measures {
  private Measures() {}

  static List<Metric> of(Core core, Requests requests) {
    return Stream.of(
            ofReports(core, requests),
            ofStore(core),
            ofWatchdog(core),
            ofResults(core),
            ofCallbacks(core))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Metric> ofReports(Core core, Requests requests) {
    var counts = new JooqCounts(core.store, core.clock);
    Tally tally = core.executions.tally();
    return List.of(
        new Metric(
            "reprise_executions_total",
            Kind.COUNTER,
            "Executions that ended, by outcome, and attempts that are made again.",
            () ->
                List.of(
                    Sample.of("outcome", "completed", tally.completed()),
                    Sample.of("outcome", "failed", tally.failed()),
                    Sample.of("outcome", "retried", tally.retried()))),
        Metric.gauge(
            "reprise_executions_running",
            "Executions under way, or between two attempts.",
            counts::running),
        Metric.gauge(
            "reprise_reports_due", "Reports for which it is time and that wait.", counts::due),
        Metric.gauge(
            "reprise_reports_late_seconds",
            "How long the first of the reports that wait has waited.",
            counts::lateSeconds),
        new Metric("reprise_reports", Kind.GAUGE, "Reports, by state.", counts::reports),
        Metric.counter(
            "reprise_changes_total",
            "Changes of reports recorded in their histories, ever.",
            counts::changes),
        new Metric(
            "reprise_http_requests_total",
            Kind.COUNTER,
            "Requests answered, by call and status.",
            () -> answered(requests)));
  }

  private static List<Metric> ofWatchdog(Core core) {
    return List.of(
        new Metric(
            "reprise_watchdog_differences_total",
            Kind.COUNTER,
            "Differences between what was stored and what should be, by part.",
            () -> differences(core)),
        Metric.counter(
            "reprise_watchdog_healed_total",
            "Reports that the watchdog corrected; /health/ready names the last.",
            () -> core.watchdog.findings().healed()),
        new Metric(
            "reprise_watchdog_last_healed_seconds",
            Kind.GAUGE,
            "When the reports that it corrected last were, by the service's clock, of ten at most.",
            () -> lastHealed(core.watchdog.findings().last())),
        Metric.counter(
            "reprise_watchdog_unhealed_total",
            "Reports that it could not correct, or found wrong again too soon.",
            () -> core.watchdog.findings().unhealed()),
        Metric.counter(
            "reprise_watchdog_checked_total",
            "Reports that the watchdog looked at.",
            () -> core.watchdog.findings().checked()));
  }

  private static List<Metric> ofResults(Core core) {
    return List.of(
        new Metric(
            "reprise_results_removed_total",
            Kind.COUNTER,
            "Result files that were removed: by age or size, or because no execution has them.",
            () ->
                List.of(
                    Sample.of("why", "rule", core.retention.removed()),
                    Sample.of("why", "orphan", core.retention.swept()))));
  }

  private static List<Metric> ofStore(Core core) {
    return List.of(
        Metric.gauge(
            "reprise_nodes",
            "Nodes that serve the store, as this one knows.",
            () -> Math.max(1, core.nodes.living().size())),
        Metric.gauge(
            "reprise_store_queue",
            "Changes that wait for the store's writer.",
            core.store::waiting));
  }

  private static List<Metric> ofCallbacks(Core core) {
    return List.of(
        new Metric(
            "reprise_callbacks_total",
            Kind.COUNTER,
            "Attempts at callbacks, by what followed: gone is an answer of 410.",
            () -> callbacks(core.callbacks.sender().tally())),
        Metric.gauge(
            "reprise_callbacks_waiting",
            "Callbacks that are to be sent, for the first time or again.",
            () -> core.callbacks.store().waiting()),
        Metric.gauge(
            "reprise_callbacks_oldest_seconds",
            "How long ago the execution completed whose callback has waited longest.",
            () -> oldest(core)));
  }

  private static List<Sample> callbacks(CallbackTally tally) {
    return List.of(
        Sample.of("outcome", "delivered", tally.delivered()),
        Sample.of("outcome", "failed", tally.failed()),
        Sample.of("outcome", "gone", tally.gone()),
        Sample.of("outcome", "retried", tally.retried()));
  }

  private static long oldest(Core core) {
    CallbackStore store = core.callbacks.store();
    Instant now = core.clock.instant();
    return store
        .oldestWaiting()
        .map(since -> Math.max(0, Duration.between(since, now).toSeconds()))
        .orElse(0L);
  }

  /// Each report once, as it was corrected last.
  private static List<Sample> lastHealed(List<Healed> newestFirst) {
    Map<String, Long> seconds = new LinkedHashMap<>();
    newestFirst.forEach(
        healed -> seconds.putIfAbsent(healed.report().toString(), healed.at().getEpochSecond()));
    return seconds.entrySet().stream()
        .map(healed -> Sample.of("report", healed.getKey(), healed.getValue()))
        .toList();
  }

  private static List<Sample> differences(Core core) {
    Map<Part, Long> found = core.watchdog.findings().differences();
    return Stream.of(Part.values())
        .map(part ->
            Sample.of("part", part.name().toLowerCase(Locale.ROOT), found.getOrDefault(part, 0L)))
        .toList();
  }

  private static List<Sample> answered(Requests requests) {
    return requests.counts().entrySet().stream()
        .sorted(
            Comparator.comparing(entry -> entry.getKey().call() + " " + entry.getKey().status()))
        .map(entry ->
            new Sample(
                Map.of(
                    "call",
                    entry.getKey().call(),
                    "status",
                    String.valueOf(entry.getKey().status())),
                entry.getValue()))
        .toList();
  }
}
