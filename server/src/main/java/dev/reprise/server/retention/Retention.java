package dev.reprise.server.retention;

import dev.reprise.server.delivery.ResultStore;
import dev.reprise.server.loop.RestingLoop;
import dev.reprise.server.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A loop that removes result files: those that are too old, the oldest when all take too much, and
/// those of which the store knows nothing.
///
/// - Shape: a file is recorded as removed before it is; a crash between the two leaves a file that
///   nobody can ask for, and the next sweep removes it. A download under way goes on to its end.
/// - Limits: a file that is younger than [#SETTLED] is nobody's orphan: what came of it may not be
///   recorded yet.
public final class Retention implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration SWEPT_EVERY = Duration.ofDays(1);

  /// Not at once: a store and files that were put back apart may be put right again.
  private static final Duration FIRST_SWEPT_AFTER = Duration.ofHours(1);

  private static final Duration SETTLED = Duration.ofDays(1);
  private static final int AT_ONCE = 500;

  private final RetentionStore store;
  private final ResultStore results;
  private final Rule rule;
  private final InstantSource clock;
  private final InstantSource realClock;
  private final RestingLoop loop = new RestingLoop("retention", Duration.ZERO, this::look);
  private final AtomicLong removed = new AtomicLong();
  private final AtomicLong swept = new AtomicLong();
  private Instant nextSweep; // Of the loop.

  /// What is kept.
  ///
  /// @param age by the service's clock, since the execution ended; empty for any
  /// @param bytes of all files as they are when not packed; empty for any number
  public record Rule(Optional<Duration> age, Optional<Long> bytes) {}

  /// @param clock the service's, by which files grow old
  /// @param realClock that of the files' system
  public Retention(
      RetentionStore store,
      ResultStore results,
      Rule rule,
      InstantSource clock,
      InstantSource realClock) {
    this.store = store;
    this.results = results;
    this.rule = rule;
    this.clock = clock;
    this.realClock = realClock;
    this.nextSweep = realClock.instant().plus(FIRST_SWEPT_AFTER);
  }

  public void start() {
    loop.start();
  }

  /// Files that were removed by the rule since the start.
  public long removed() {
    return removed.get();
  }

  /// Files of which the store knew nothing, removed since the start.
  public long swept() {
    return swept.get();
  }

  @Override
  public void close() {
    loop.close();
  }

  private Duration look() {
    try {
      enforce();
      Instant now = realClock.instant();
      if (!now.isBefore(nextSweep)) {
        sweep();
        nextSweep = now.plus(SWEPT_EVERY);
      }
    } catch (StoreException e) {
      LOG.error("Result files cannot be looked through; trying again: {}", e.why());
    } catch (RuntimeException | Error e) {
      LOG.error("Result files cannot be looked through; trying again", e);
    }
    return INTERVAL;
  }

  /// Removes what the rule does not keep.
  public void enforce() {
    rule.age().ifPresent(this::removeOld);
    rule.bytes().ifPresent(this::removeExcess);
  }

  private void removeOld(Duration age) {
    Instant now = clock.instant();
    int found;
    do {
      found = remove(store.removeBefore(now.minus(age), AT_ONCE, now));
    } while (found == AT_ONCE && loop.isOpen());
  }

  private void removeExcess(long most) {
    int found = AT_ONCE;
    while (found == AT_ONCE && store.bytes() > most && loop.isOpen()) {
      found = remove(store.removeOver(most, AT_ONCE, clock.instant()));
    }
  }

  private int remove(List<String> keys) {
    keys.forEach(results::delete);
    removed.addAndGet(keys.size());
    if (!keys.isEmpty()) {
      LOG.info("{} result files were removed: too old, or too much", keys.size());
    }
    return keys.size();
  }

  /// Removes files of which the store knows nothing.
  public void sweep() {
    Instant settled = realClock.instant().minus(SETTLED);
    List<String> asked = new ArrayList<>();
    results.each(file -> {
      if (file.modified().isBefore(settled)) {
        asked.add(file.key());
      }
      if (asked.size() == AT_ONCE) {
        removeOrphans(asked);
        asked.clear();
      }
      return loop.isOpen();
    });
    removeOrphans(asked);
  }

  private void removeOrphans(List<String> keys) {
    Set<String> kept = store.kept(keys);
    for (String key : keys) {
      if (!kept.contains(key) && results.delete(key)) {
        swept.incrementAndGet();
        LOG.info("The result file {} was removed: no execution has it", key);
      }
    }
  }
}
