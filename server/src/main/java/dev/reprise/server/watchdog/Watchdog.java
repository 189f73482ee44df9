package dev.reprise.server.watchdog;

import dev.reprise.schedule.Watch;
import dev.reprise.schedule.Watch.Difference;
import dev.reprise.schedule.Watch.Part;
import dev.reprise.server.loop.RestingLoop;
import dev.reprise.server.report.Executing;
import dev.reprise.server.report.Report;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.watchdog.Findings.Healed;
import dev.reprise.server.watchdog.WatchStore.Kept;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A loop apart from the one that starts executions. It recomputes what should be stored of every
/// report, some at a time, and heals what is not so.
///
/// - Limits: a report that it has healed is left alone for [#REST]: what breaks it again would do
///   so for ever.
public final class Watchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final Duration REST = Duration.ofHours(1);
  private static final int PAGE = 1_000;
  private static final int SHOWN = 10;
  private static final int REMEMBERED = 1_000;

  /// It rests so many times as long as it looked, within bounds.
  private static final long RESTED = 100;

  private final WatchStore store;
  private final Executing executing;
  private final InstantSource clock;
  private final Duration interval;
  private final RestingLoop loop;

  private volatile Findings findings = new Findings(0, 0, Map.of(), 0, 0, List.of());
  private Optional<ReportId> seen = Optional.empty();
  private long rounds;
  private long checked;
  private final Map<Part, Long> differences = new EnumMap<>(Part.class);
  private long healed;
  private long unhealed;
  private final Deque<Healed> last = new ArrayDeque<>();
  private final Map<ReportId, Instant> resting = new LinkedHashMap<>();

  /// @param executing woken when something was healed
  /// @param interval how long it waits after each part of the reports; up to twice that where
  ///   looking takes more than a hundredth of it
  public Watchdog(WatchStore store, Executing executing, InstantSource clock, Duration interval) {
    this.store = store;
    this.executing = executing;
    this.clock = clock;
    this.interval = interval;
    this.loop = new RestingLoop("watchdog", interval, this::look);
  }

  /// Looks at the reports from now on, over and over.
  public void start() {
    loop.start();
  }

  /// Looks at every report once.
  public void round() {
    while (!page()) {
      LOG.debug("The watchdog goes on after {}", seen);
    }
  }

  /// What it has seen, up to the last part of the reports. Never waits.
  public Findings findings() {
    return findings;
  }

  @Override
  public void close() {
    loop.close();
  }

  private Duration look() {
    long began = System.nanoTime();
    try {
      page();
    } catch (RuntimeException | Error e) {
      LOG.error("The watchdog could not look at all reports; it goes on", e);
    }
    long wanted = (System.nanoTime() - began) * RESTED;
    return Duration.ofNanos(Math.clamp(wanted, interval.toNanos(), 2 * interval.toNanos()));
  }

  /// Looks at the next part of the reports.
  ///
  /// @return whether that was the last
  private synchronized boolean page() {
    List<Kept> page = store.page(seen, PAGE);
    page.forEach(this::check);
    checked += page.size();
    boolean end = page.size() < PAGE;
    Optional<ReportId> next = end ? Optional.empty() : Optional.of(page.getLast().report().id());
    store.orphaned(seen, next, PAGE).forEach(this::heal);
    seen = next;
    rounds += end ? 1 : 0;
    findings = new Findings(rounds, checked, differences, healed, unhealed, List.copyOf(last));
    return end;
  }

  private void check(Kept kept) {
    Report report = kept.report();
    if (!Watch.differences(kept.stored(), report.schedule()).isEmpty()) {
      heal(report.id());
    }
  }

  private void heal(ReportId report) {
    Instant now = clock.instant();
    if (isResting(report, now)) {
      unhealed++;
      return;
    }
    try {
      List<Difference> found = store.heal(report, now);
      if (!found.isEmpty()) {
        healed(report, now, found);
      }
    } catch (RuntimeException e) {
      unhealed++;
      LOG.error("Report {} is not stored as it should be and cannot be healed", report, e);
    }
  }

  private void healed(ReportId report, Instant now, List<Difference> found) {
    found.forEach(difference -> differences.merge(difference.part(), 1L, Long::sum));
    healed++;
    String words = Healing.words(found);
    LOG.warn("Report {} was not stored as it should be and is healed: {}", report, words);
    last.addFirst(new Healed(report, now, words));
    if (last.size() > SHOWN) {
      last.removeLast();
    }
    resting.put(report, now.plus(REST));
    if (resting.size() > REMEMBERED) {
      resting.remove(resting.keySet().iterator().next());
    }
    executing.wake();
  }

  private boolean isResting(ReportId report, Instant now) {
    return Optional.ofNullable(resting.get(report)).filter(now::isBefore).isPresent();
  }
}
