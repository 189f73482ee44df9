package dev.reprise.server.access.discovery;

import dev.reprise.server.access.KeySource;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of one issuer, kept up to date.
///
/// - Shape: a key that is known is answered from memory. Keys are fetched anew every [#PERIOD], and
///   at once for an id that is not known, since that is how a new key shows itself.
/// - Limits: one fetch at a time and one in [#INTERVAL], however many ids are asked for. At most
///   [#WAITING] requests wait for it, none longer than [#WAIT]; the others are told no. While the
///   issuer cannot be reached its keys stand for [#OUTAGE] and then no longer.
final class IssuerKeys implements KeySource {
  static final Duration PERIOD = Duration.ofMinutes(15);
  static final Duration INTERVAL = Duration.ofSeconds(30);
  static final Duration OUTAGE = Duration.ofHours(24);
  static final Duration WAIT = Duration.ofSeconds(5);
  static final int WAITING = 64;

  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

  /// Fetches the keys of an issuer.
  @FunctionalInterface
  interface Source {
    PublishedKeys keys() throws IOException, InterruptedException;
  }

  private final String name;
  private final Source source;
  private final InstantSource clock;
  private final Executor executor;
  private final Semaphore places = new Semaphore(WAITING);

  private volatile PublishedKeys known = PublishedKeys.NONE;
  private volatile @Nullable String fault = "has not been asked yet";

  // Guarded by this.
  private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);
  private Instant attempted = Instant.MIN;
  private Instant due = Instant.MIN;
  private Instant reached = Instant.MIN;

  /// @param name of the issuer, for the log
  /// @param executor runs each fetch; a fetch waits for the network
  IssuerKeys(String name, Source source, InstantSource clock, Executor executor) {
    this.name = name;
    this.source = source;
    this.clock = clock;
    this.executor = executor;
  }

  @Override
  public Optional<PublicKey> key(String id) {
    PublicKey key = known.byId().get(id);
    return key == null ? afterFetch(id) : Optional.of(key);
  }

  /// Why its keys are not up to date; empty while they are.
  Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  /// Whether tokens can be verified at all.
  boolean hasKeys() {
    return !known.byId().isEmpty();
  }

  /// Fetches in the background if it is time to; called every few seconds.
  synchronized void tick() {
    if (underWay.isDone() && !clock.instant().isBefore(due)) {
      fetchInBackground();
    }
  }

  /// How many requests wait for a fetch.
  int waiting() {
    return WAITING - places.availablePermits();
  }

  private Optional<PublicKey> afterFetch(String id) {
    if (id.isEmpty() || !places.tryAcquire()) {
      return Optional.empty();
    }
    try {
      fetchForNewKey().get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("fetching the keys of " + name, e);
    } catch (TimeoutException slow) {
      // The fetch goes on; whoever asks later finds what it brings.
      LOG.debug("Keys of {} take longer than {}", name, WAIT);
    } finally {
      places.release();
    }
    return Optional.ofNullable(known.byId().get(id));
  }

  private synchronized CompletableFuture<Void> fetchForNewKey() {
    if (underWay.isDone() && !clock.instant().isBefore(after(attempted, INTERVAL))) {
      fetchInBackground();
    }
    return underWay;
  }

  private void fetchInBackground() {
    attempted = clock.instant();
    underWay = CompletableFuture.runAsync(this::fetch, executor);
  }

  private void fetch() {
    try {
      succeeded(source.keys());
    } catch (IOException | RuntimeException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The service ends.
    }
  }

  private synchronized void succeeded(PublishedKeys keys) {
    if (fault != null || !keys.byId().keySet().equals(known.byId().keySet())) {
      LOG.info("Issuer {} signs with the keys {}", name, keys.byId().keySet());
    }
    known = keys;
    fault = null;
    reached = clock.instant();
    due = reached.plus(PERIOD);
  }

  private synchronized void failed(String why) {
    Instant now = clock.instant();
    due = now.plus(INTERVAL);
    Instant end = after(reached, OUTAGE);
    if (!now.isBefore(end)) {
      known = PublishedKeys.NONE;
    }
    String consequence =
        hasKeys() ? "its known keys stand until " + end : "its tokens are refused with 401";
    if (!why.equals(fault)) { // Once, not every half minute.
      LOG.warn("Issuer {}: {}; {}", name, why, consequence);
    }
    fault = why;
  }

  private static Instant after(Instant start, Duration span) {
    return start.equals(Instant.MIN) ? start : start.plus(span);
  }
}
