package dev.reprise.server.setting;

import dev.reprise.schedule.CatchUp;
import dev.reprise.server.access.RoleWords;
import dev.reprise.server.access.TokenRules;
import dev.reprise.server.access.discovery.IssuerAddress;
import dev.reprise.server.log.LogFormat;
import dev.reprise.server.receiver.AllowedReceivers;
import dev.reprise.server.traffic.AccessTarget;
import dev.reprise.server.traffic.RateLimit;
import dev.reprise.server.wire.WireProfile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the service was told, in types. The names, defaults and meanings are in `Setting`.
///
/// @param data as given, so it may be relative to where the service was started
/// @param store empty if reports are kept in the data directory
/// @param datasets a folder that describes datasets of an operator's own
/// @param workers queries of executions at the same time
public record Settings(
    Listen listen,
    Path data,
    Optional<StoreAddress> store,
    Node node,
    WireProfile wireProfile,
    ServiceClock clock,
    int sampleRows,
    Optional<Path> datasets,
    Limits limits,
    CatchUp misfire,
    Duration linkExpiry,
    Results results,
    int workers,
    Duration watchdogInterval,
    Engine engine,
    Callbacks callbacks,
    Access access,
    Optional<SignIn> signIn,
    RateLimit.Rule rateLimit,
    Log log) {

  /// Whether time passes by itself or only when a call moves it.
  public enum ServiceClock {
    REAL,
    TEST
  }

  /// Where to listen.
  ///
  /// @param port 0 for any that is free
  /// @param publicUrl for links, without a slash at the end
  public record Listen(String host, int port, Optional<Tls> tls, Optional<String> publicUrl) {}

  /// The files for https.
  public record Tls(Path certificate, Path key) {}

  /// Whose tokens are believed, and of them which.
  ///
  /// @param tenants in lower case
  public record Access(
      List<IssuerAddress> issuers,
      Set<String> tenants,
      TokenRules tokens,
      RoleWords roles,
      boolean hasStandIn) {
    public Access {
      issuers = List.copyOf(issuers);
      tenants = Set.copyOf(tenants);
    }
  }

  /// Where people sign in to the console, as which client, and what is asked for there.
  public record SignIn(URI issuer, String client, String scopes) {}

  /// Whether the service gives tokens to whoever asks.
  public enum TokenStandIn {
    AUTO,
    ON,
    OFF
  }

  /// What a user may have and ask for.
  public record Limits(
      int activeReports,
      int executeNow,
      int queries,
      Duration leadTime,
      Duration minimumInterval,
      int tryRows,
      int trySeconds,
      Duration executionTime) {}

  /// How long result files are kept, and how many bytes of them; empty for no limit.
  public record Results(Optional<Duration> keep, Optional<Long> bytes) {}

  /// What one execution may take, and how it writes.
  ///
  /// @param memoryBytes for each of its threads
  /// @param largeMemoryBytes for each thread of the one that runs again
  public record Engine(
      long memoryBytes, long largeMemoryBytes, long spillBytes, int threads, FormulaGuard guard) {}

  /// Whether texts that spreadsheets would compute are changed.
  public enum FormulaGuard {
    OFF,
    ON
  }

  /// Who may be called, how many at once, and how long what came of it is kept.
  public record Callbacks(AllowedReceivers allow, int atOnce, Duration keep) {}

  /// What this process is called among those that serve a store, and for how long it is believed to
  /// live when nothing is heard of it.
  public record Node(Optional<String> name, Duration lease) {}

  /// Where and how lines are written.
  public record Log(AccessTarget access, LogFormat format) {}

  private static Optional<StoreAddress> store(Values values) {
    Optional<String> user = values.get(Setting.STORE_USER);
    Optional<String> password = values.get(Setting.STORE_PASSWORD);
    Optional<Path> files = values.get(Setting.STORE_FILES);
    Optional<String> url = values.get(Setting.STORE);
    if (files.isPresent() && url.isEmpty()) {
      throw new StartRefused(
          "store.files is for nodes of a store on a server: name it with --store");
    }
    return url.map(given -> new StoreAddress(given, user, password, files));
  }

  static Settings of(Values values) {
    return new Settings(
        AccessSettings.listen(values),
        values.get(Setting.DATA),
        store(values),
        new Node(values.get(Setting.NODE_NAME), values.get(Setting.NODE_LEASE)),
        values.get(Setting.PROFILE),
        values.get(Setting.CLOCK),
        values.get(Setting.SAMPLE_ROWS),
        values.get(Setting.DATASETS),
        new Limits(
            values.get(Setting.ACTIVE_REPORTS),
            values.get(Setting.EXECUTE_NOW),
            values.get(Setting.QUERIES),
            values.get(Setting.LEAD_TIME),
            values.get(Setting.MINIMUM_INTERVAL),
            values.get(Setting.TRY_ROWS),
            values.get(Setting.TRY_SECONDS),
            values.get(Setting.EXECUTION_TIME)),
        values.get(Setting.MISFIRE),
        values.get(Setting.LINK_EXPIRY),
        new Results(values.get(Setting.RESULTS_KEEP), values.get(Setting.RESULTS_SIZE)),
        values.get(Setting.WORKERS),
        values.get(Setting.WATCHDOG_INTERVAL),
        new Engine(
            values.get(Setting.ENGINE_MEMORY),
            values.get(Setting.ENGINE_LARGE_MEMORY),
            values.get(Setting.ENGINE_SPILL),
            values.get(Setting.ENGINE_THREADS),
            values.get(Setting.FORMULA_GUARD)),
        new Callbacks(
            values.get(Setting.CALLBACKS_ALLOW),
            values.get(Setting.CALLBACKS_AT_ONCE),
            values.get(Setting.CALLBACKS_KEEP)),
        AccessSettings.access(values),
        AccessSettings.signIn(values),
        new RateLimit.Rule(
            values.get(Setting.RATE_LIMIT_REQUESTS), values.get(Setting.RATE_LIMIT_WINDOW)),
        new Log(values.get(Setting.LOG_ACCESS), values.get(Setting.LOG_FORMAT)));
  }
}
