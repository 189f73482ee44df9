package dev.reprise.server.setting;

import dev.reprise.schedule.CatchUp;
import dev.reprise.server.log.LogFormat;
import dev.reprise.server.receiver.AllowedReceivers;
import dev.reprise.server.traffic.AccessTarget;
import dev.reprise.server.wire.WireProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One thing that can be set: its name, its own flag if it has one, its kind, its default and what
/// it means. The constants here and in [AccessSetting] are all there are: [SettingTable].
record Setting<T>(String name, Optional<String> flag, Kind<T> kind, String fallback, String doc) {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(90);

  static final Setting<Integer> PORT =
      flagged(
          "listen.port",
          "--port",
          new Kind.Whole(0, 65_535, "TCP port, 0 for any that is free"),
          "8080",
          "Where to listen.");
  static final Setting<String> HOST =
      flagged(
          "listen.host",
          "--host",
          new ListenKind.Host(),
          "127.0.0.1",
          "On which address to listen; only on loopback while the token stand-in is on.");
  static final Setting<Optional<Path>> CERTIFICATE =
      plain(
          "listen.tls.certificate",
          new ListenKind.MaybeFile(),
          "",
          "PEM file with the certificate for https and those between it and its root.");
  static final Setting<Optional<Path>> KEY =
      plain(
          "listen.tls.key",
          new ListenKind.MaybeFile(),
          "",
          "PEM file with the private key of that certificate, not encrypted.");
  static final Setting<Optional<String>> PUBLIC_URL =
      plain(
          "listen.public-url",
          new ListenKind.MaybeUrl(),
          "",
          "The address in links, where callers use another than that of their request.");
  static final Setting<Path> DATA =
      flagged("data", "--data", new Kind.Folder(), ".reprise", "Where everything is kept.");
  static final Setting<Optional<String>> STORE =
      flagged(
          "store.url",
          "--store",
          new StoreKind.MaybeUrl(),
          "",
          "Where reports are kept, if not in the data directory: a database of PostgreSQL.");
  static final Setting<Optional<String>> STORE_USER =
      plain("store.user", new StoreKind.MaybeText(), "", "As whom to sign in there.");
  static final Setting<Optional<String>> STORE_PASSWORD =
      plain(
          "store.password",
          new StoreKind.MaybeText(),
          "",
          "With which password; best given as REPRISE_STORE_PASSWORD.");
  static final Setting<Optional<Path>> STORE_FILES =
      plain(
          "store.files",
          new ListenKind.MaybeFile(),
          "",
          "Folder with results and keys that all nodes of that store use, if there are several.");
  static final Setting<Optional<String>> NODE_NAME =
      plain(
          "node.name",
          new StoreKind.MaybeText(),
          "",
          "What this node is called in health and logs; without it by a number of its own.");
  static final Setting<Duration> NODE_LEASE =
      plain(
          "node.lease",
          new Kind.Span(Duration.ofSeconds(2), HOUR, SECOND),
          "PT30S",
          "After which silence others take over what this node was executing.");
  static final Setting<WireProfile> PROFILE =
      flagged(
          "wire-profile",
          "--profile",
          new Kind.Choice<>(WireProfile.class),
          "documented",
          "Answer as the public pages print it, or as the live service does.");
  static final Setting<Settings.ServiceClock> CLOCK =
      flagged(
          "clock",
          "--clock",
          new Kind.Choice<>(Settings.ServiceClock.class),
          "real",
          "Go by the real time, or by one that only moves when told to.");
  static final Setting<Integer> SAMPLE_ROWS =
      flagged(
          "sample-rows",
          "--sample-rows",
          new Kind.Whole(1, 10_000_000, "rows per dataset"),
          "20000",
          "How much sample data to make at the first start.");

  static final Setting<Optional<Path>> DATASETS =
      plain(
          "datasets",
          new ListenKind.MaybeFile(),
          "",
          "Folder that describes datasets of your own; see docs/datasets.md.");

  static final Setting<Integer> ACTIVE_REPORTS =
      plain(
          "limits.active-reports",
          new Kind.Whole(1, 1_000_000, "reports"),
          "50",
          "How many active reports a user may have.");
  static final Setting<Integer> EXECUTE_NOW =
      plain(
          "limits.execute-now",
          new Kind.Whole(1, 1_000_000, "reports per 60 minutes"),
          "5",
          "How many ExecuteNow reports a user may create.");
  static final Setting<Integer> QUERIES =
      plain(
          "limits.queries",
          new Kind.Whole(1, 1_000_000, "queries"),
          "100",
          "How many saved queries a user may have.");
  static final Setting<Duration> LEAD_TIME =
      plain(
          "limits.lead-time",
          new Kind.Span(Duration.ZERO, LONGEST, SECOND),
          "PT4H",
          "How far ahead the StartTime of a new report has to be.");
  static final Setting<Duration> MINIMUM_INTERVAL =
      plain(
          "limits.minimum-interval",
          new Kind.Span(HOUR, LONGEST, HOUR),
          "PT4H",
          "The shortest RecurrenceInterval.");
  static final Setting<Integer> TRY_ROWS =
      plain(
          "limits.try-rows",
          new Kind.Whole(1, 10_000, "rows"),
          "100",
          "How many rows the trial of a query answers.");
  static final Setting<Integer> TRY_SECONDS =
      plain(
          "limits.try-seconds",
          new Kind.Whole(1, 3_600, "seconds"),
          "100",
          "How long the trial of a query may take.");

  static final Setting<Duration> EXECUTION_TIME =
      plain(
          "limits.execution-time",
          new Kind.Span(SECOND, LONGEST, SECOND),
          "PT1H",
          "How long the query of one execution may take; then it fails.");

  static final Setting<CatchUp> MISFIRE =
      plain(
          "misfire",
          new Kind.Choice<>(List.of(CatchUp.SKIP, CatchUp.LATEST, CatchUp.ALL)),
          "latest",
          "Which slots that passed during an outage still run.");
  static final Setting<Duration> LINK_EXPIRY =
      plain(
          "link-expiry",
          new Kind.Span(Duration.ofMinutes(1), LONGEST, SECOND),
          "PT24H",
          "How long a download link works.");
  static final Setting<Optional<Duration>> RESULTS_KEEP =
      plain(
          "results.keep",
          new Kind.Maybe<>(new Kind.Span(HOUR, Duration.ofDays(36_500), SECOND)),
          "",
          "How long a result file is kept, if not as long as its report.");
  static final Setting<Optional<Long>> RESULTS_SIZE =
      plain(
          "results.size",
          new Kind.Maybe<>(new Kind.Size(1_000_000L, 999_000_000_000_000L)),
          "",
          "How much all result files may take, if not any; then the oldest go.");
  static final Setting<Integer> WORKERS =
      plain(
          "workers",
          new Kind.Whole(1, 64, "executions"),
          "3",
          "How many queries of executions run at once, all but one of one user.");
  static final Setting<Duration> WATCHDOG_INTERVAL =
      plain(
          "watchdog.interval",
          new Kind.Span(SECOND, Duration.ofDays(1), SECOND),
          "PT10S",
          "How long the watchdog rests after each 1,000 reports; it does not watch a test clock.");
  static final Setting<Long> ENGINE_MEMORY =
      plain(
          "engine.memory",
          new Kind.Size(64_000_000L, 1_000_000_000_000L),
          "160MB",
          "Memory of one execution that sorts or groups, for each of its threads; more goes to files.");
  static final Setting<Long> ENGINE_LARGE_MEMORY =
      plain(
          "engine.large-memory",
          new Kind.Size(64_000_000L, 1_000_000_000_000L),
          "512MB",
          "The same of the one execution at a time that runs again since it had too little.");
  static final Setting<Long> ENGINE_SPILL =
      plain(
          "engine.spill",
          new Kind.Size(64_000_000L, 10_000_000_000_000L),
          "8GB",
          "Temporary files of one execution; they are in the data folder.");
  static final Setting<Settings.FormulaGuard> FORMULA_GUARD =
      plain(
          "export.formula-guard",
          new Kind.Choice<>(Settings.FormulaGuard.class),
          "off",
          "Put ' before texts in files that begin with = + - or @; that changes data.");
  static final Setting<Integer> ENGINE_THREADS =
      plain("engine.threads", new Kind.Whole(1, 256, "threads"), "1", "Threads of one execution.");
  static final Setting<AllowedReceivers> CALLBACKS_ALLOW =
      plain(
          "callbacks.allow",
          new ListenKind.Receivers(),
          "",
          "Who may be called besides the public internet.");
  static final Setting<Integer> CALLBACKS_AT_ONCE =
      plain(
          "callbacks.at-once",
          new Kind.Whole(2, 1_000, "requests"),
          "64",
          "How many callbacks are sent at the same time, to all receivers.");
  static final Setting<Duration> CALLBACKS_KEEP =
      plain(
          "callbacks.keep",
          new Kind.Span(HOUR, LONGEST, SECOND),
          "PT720H",
          "How long a callback and its attempts are kept once it has ended.");
  static final Setting<Integer> RATE_LIMIT_REQUESTS =
      plain(
          "rate-limit.requests",
          new Kind.Whole(0, 1_000_000, "requests per window, 0 for no limit"),
          "0",
          "How many requests a caller may make.");
  static final Setting<Duration> RATE_LIMIT_WINDOW =
      plain(
          "rate-limit.window",
          new Kind.Span(SECOND, Duration.ofDays(1), SECOND),
          "PT1M",
          "In which time; a whole allowance may be used at once and comes back evenly.");
  static final Setting<AccessTarget> LOG_ACCESS =
      plain(
          "log.access",
          new Kind.Lines(),
          "off",
          "Where to write one line for each request that was answered.");
  static final Setting<LogFormat> LOG_FORMAT =
      plain(
          "log.format",
          new Kind.Choice<>(LogFormat.class),
          "text",
          "How the service's own log looks; the access log is always JSON.");

  private static <T> Setting<T> flagged(
      String name, String flag, Kind<T> kind, String fallback, String doc) {
    return new Setting<>(name, Optional.of(flag), kind, fallback, doc);
  }

  /// One without a flag of its own.
  static <T> Setting<T> plain(String name, Kind<T> kind, String fallback, String doc) {
    return new Setting<>(name, Optional.empty(), kind, fallback, doc);
  }

  /// The default, as people read it.
  String shownFallback() {
    return fallback.isEmpty() ? "none" : fallback;
  }

  /// Its name as an environment variable.
  String variable() {
    return "REPRISE_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /// The value that was given for it.
  ///
  /// @throws StartRefused naming the place, if it is not one that this setting takes
  T parse(Given given) {
    try {
      return kind.parse(given.value());
    } catch (IllegalArgumentException e) {
      String shown = given.value().isEmpty() ? "empty" : given.value();
      throw new StartRefused(
          "%s: %s is %s, but must be %s".formatted(given.place(), name, shown, kind.expected()), e);
    }
  }
}
