package dev.reprise.server.access.discovery;

import dev.reprise.server.access.RoleWords;
import dev.reprise.server.access.TrustedIssuer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The issuers that run elsewhere. Asking them never holds up a start, and none of them holds up
/// another.
public final class Issuers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration TICK = Duration.ofSeconds(5);

  private final List<Issuer> issuers;
  private final ExecutorService fetching = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService ticking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("issuers").factory());

  private @Nullable Documents documents; // Guarded by this.

  private record Issuer(TrustedIssuer trusted, String name, IssuerKeys keys) {}

  /// How an issuer is doing.
  ///
  /// @param usable whether its tokens can be verified
  /// @param current whether its keys are up to date
  public record State(String issuer, boolean usable, boolean current) {}

  /// @param tenants in lower case, for whom an issuer that speaks for many may do so
  /// @param clock the real time
  public Issuers(
      List<IssuerAddress> addresses, Set<String> tenants, RoleWords roles, InstantSource clock) {
    this.issuers =
        addresses.stream()
            .map(address -> {
              var keys =
                  new IssuerKeys(
                      address.toString(),
                      () -> PublishedKeys.of(address, documents()),
                      clock,
                      fetching);
              var trusted =
                  new TrustedIssuer(
                      (issuer, tid) -> address.tenant(issuer, tid, tenants),
                      address.identity(),
                      roles,
                      keys);
              return new Issuer(trusted, address.toString(), keys);
            })
            .toList();
  }

  /// Starts to fetch keys, and goes on to do so.
  public void start() {
    if (!issuers.isEmpty()) {
      ScheduledFuture<?> unused = // Ends with its executor.
          ticking.scheduleWithFixedDelay(this::tick, 0, TICK.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private void tick() {
    issuers.forEach(issuer -> issuer.keys().tick());
  }

  public List<TrustedIssuer> trusted() {
    return issuers.stream().map(Issuer::trusted).toList();
  }

  public List<State> states() {
    return issuers.stream()
        .map(issuer ->
            new State(issuer.name(), issuer.keys().hasKeys(), issuer.keys().fault().isEmpty()))
        .toList();
  }

  /// Made when first needed, and not in the thread that starts the service.
  private synchronized Documents documents() {
    Documents made = documents == null ? new Documents(PATIENCE) : documents;
    documents = made;
    return made;
  }

  @Override
  public synchronized void close() {
    ticking.shutdownNow();
    fetching.shutdownNow();
    if (documents != null) {
      documents.close();
    }
  }
}
