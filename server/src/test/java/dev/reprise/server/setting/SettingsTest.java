package dev.reprise.server.setting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.schedule.CatchUp;
import dev.reprise.server.access.Role;
import dev.reprise.server.access.RoleWords;
import dev.reprise.server.access.SignatureAlgorithm;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each setting has the default that the pages name, and reaches the service.
class SettingsTest {
  private static final String GUID = "6e3b5d2c-0000-4000-8000-00000000000a";

  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("listen.port", "0"),
          Map.entry("listen.host", "::1"),
          Map.entry("data", "/other"),
          Map.entry("store.url", "jdbc:postgresql://db.example/r?a=b"),
          Map.entry("store.user", "ada"),
          Map.entry("store.password", "secret"),
          Map.entry("store.files", "/shared"),
          Map.entry("node.name", "first"),
          Map.entry("node.lease", "PT10S"),
          Map.entry("wire-profile", "LIVE"),
          Map.entry("clock", "test"),
          Map.entry("sample-rows", "10,000_000"),
          Map.entry("datasets", "/own"),
          Map.entry("limits.active-reports", "51"),
          Map.entry("limits.execute-now", "6"),
          Map.entry("limits.queries", "101"),
          Map.entry("limits.lead-time", "PT0S"),
          Map.entry("limits.minimum-interval", "PT1H"),
          Map.entry("limits.try-rows", "7"),
          Map.entry("limits.try-seconds", "8"),
          Map.entry("limits.execution-time", "PT5M"),
          Map.entry("misfire", "all"),
          Map.entry("link-expiry", "P1D"),
          Map.entry("results.keep", "PT48H"),
          Map.entry("results.size", "5GB"),
          Map.entry("workers", "6"),
          Map.entry("watchdog.interval", "PT1M"),
          Map.entry("engine.memory", "1GiB"),
          Map.entry("engine.large-memory", "2GiB"),
          Map.entry("engine.spill", "3GB"),
          Map.entry("engine.threads", "4"),
          Map.entry("export.formula-guard", "on"),
          Map.entry("callbacks.allow", "Hooks.internal, 10.0.0.0/8"),
          Map.entry("callbacks.at-once", "8"),
          Map.entry("callbacks.keep", "PT1H"),
          Map.entry("access.audiences", "https://a.example/, api://b"),
          Map.entry("access.issuers", "https://id.example/r/, x=http://127.0.0.1:1"),
          Map.entry("access.tenants", GUID.toUpperCase(Locale.ROOT)),
          Map.entry("access.clock-skew", "PT0S"),
          Map.entry("access.algorithms", "ES256, PS512"),
          Map.entry("access.roles-claim", "realm_access.roles"),
          Map.entry("access.role-names", "a=b=ReportAdmin, c = ReportViewer"),
          Map.entry("access.stand-in", "on"),
          Map.entry("console.client-id", "console"),
          Map.entry("console.scopes", "openid api://b/.default"),
          Map.entry("listen.tls.certificate", "a.pem"),
          Map.entry("listen.tls.key", "b.pem"),
          Map.entry("listen.public-url", "https://reports.example/r/"),
          Map.entry("rate-limit.requests", "100"),
          Map.entry("rate-limit.window", "PT10S"),
          Map.entry("log.access", "/logs/access.log"),
          Map.entry("log.format", "json"));

  @Test
  void withoutAnythingGivenTheDefaultsHold() {
    Settings settings = settings();
    assertThat(settings.listen())
        .isEqualTo(new Settings.Listen("127.0.0.1", 8080, Optional.empty(), Optional.empty()));
    assertThat(settings.data()).isEqualTo(Path.of(".reprise"));
    assertThat(settings.store()).isEmpty();
    assertThat(settings.node())
        .isEqualTo(new Settings.Node(Optional.empty(), Duration.ofSeconds(30)));
    assertThat(settings.wireProfile()).isEqualTo(WireProfile.DOCUMENTED);
    assertThat(settings.clock()).isEqualTo(Settings.ServiceClock.REAL);
    assertThat(settings.sampleRows()).isEqualTo(20_000);
    assertThat(settings.limits())
        .isEqualTo(
            new Settings.Limits(
                50,
                5,
                100,
                Duration.ofHours(4),
                Duration.ofHours(4),
                100,
                100,
                Duration.ofHours(1)));
    assertThat(settings.datasets()).isEmpty();
    assertThat(settings.misfire()).isEqualTo(CatchUp.LATEST);
    assertThat(settings.linkExpiry()).isEqualTo(Duration.ofHours(24));
    assertThat(settings.results())
        .isEqualTo(new Settings.Results(Optional.empty(), Optional.empty()));
    assertThat(settings.workers()).isEqualTo(3);
    assertThat(settings.watchdogInterval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.engine())
        .isEqualTo(
            new Settings.Engine(
                160_000_000L, 512_000_000L, 8_000_000_000L, 1, Settings.FormulaGuard.OFF));
    assertThat(settings.callbacks())
        .isEqualTo(new Settings.Callbacks(AllowedReceivers.NONE, 64, Duration.ofDays(30)));
    assertThat(settings.access())
        .isEqualTo(
            new Settings.Access(List.of(), Set.of(), TokenRules.DEFAULT, RoleWords.DEFAULT, true));
    assertThat(settings.signIn()).isEmpty();
    assertThat(
            settings(
                    "--set",
                    "access.issuers=https://i.example",
                    "--set",
                    "access.audiences=a",
                    "--set",
                    "console.client-id=c")
                .signIn())
        .contains(new Settings.SignIn(URI.create("https://i.example"), "c", "openid"));
    assertThat(settings.rateLimit().isOn()).isFalse();
    assertThat(settings.rateLimit().window()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.log()).isEqualTo(new Settings.Log(new AccessTarget.Off(), LogFormat.TEXT));
  }

  @Test
  void everySettingReachesTheServiceFromTheCommandLine() {
    assertThat(OTHERS.keySet())
        .containsExactlyInAnyOrderElementsOf(SettingTable.ALL.stream().map(Setting::name).toList());
    String[] arguments =
        OTHERS.entrySet().stream()
            .flatMap(entry -> List.of("--set", entry.getKey() + "=" + entry.getValue()).stream())
            .toArray(String[]::new);
    Settings settings = settings(arguments);
    assertThat(settings)
        .isEqualTo(
            new Settings(
                new Settings.Listen(
                    "::1",
                    0,
                    Optional.of(new Settings.Tls(Path.of("a.pem"), Path.of("b.pem"))),
                    Optional.of("https://reports.example/r")),
                Path.of("/other"),
                Optional.of(
                    new StoreAddress(
                        "jdbc:postgresql://db.example/r?a=b",
                        Optional.of("ada"),
                        Optional.of("secret"),
                        Optional.of(Path.of("/shared")))),
                new Settings.Node(Optional.of("first"), Duration.ofSeconds(10)),
                WireProfile.LIVE,
                Settings.ServiceClock.TEST,
                10_000_000,
                Optional.of(Path.of("/own")),
                new Settings.Limits(
                    51, 6, 101, Duration.ZERO, Duration.ofHours(1), 7, 8, Duration.ofMinutes(5)),
                CatchUp.ALL,
                Duration.ofDays(1),
                new Settings.Results(Optional.of(Duration.ofDays(2)), Optional.of(5_000_000_000L)),
                6,
                Duration.ofMinutes(1),
                new Settings.Engine(
                    1L << 30, 1L << 31, 3_000_000_000L, 4, Settings.FormulaGuard.ON),
                new Settings.Callbacks(
                    AllowedReceivers.parse(List.of("hooks.internal", "10.0.0.0/8")),
                    8,
                    Duration.ofHours(1)),
                access(),
                Optional.of(
                    new Settings.SignIn(
                        URI.create("https://id.example/r"), "console", "openid api://b/.default")),
                new RateLimit.Rule(100, Duration.ofSeconds(10)),
                new Settings.Log(
                    new AccessTarget.ToFile(Path.of("/logs/access.log")), LogFormat.JSON)));
  }

  private static Settings.Access access() {
    return new Settings.Access(
        List.of(
            IssuerAddress.parse("https://id.example/r"),
            IssuerAddress.parse("x=http://127.0.0.1:1")),
        Set.of(GUID),
        new TokenRules(
            Set.of("https://a.example", "api://b"),
            Duration.ZERO,
            Set.of(SignatureAlgorithm.ES256, SignatureAlgorithm.PS512)),
        new RoleWords(
            "realm_access.roles", Map.of("a=b", Role.REPORT_ADMIN, "c", Role.REPORT_VIEWER)),
        true);
  }

  private static Settings settings(String... arguments) {
    List<String> all = Stream.concat(Stream.of("serve"), Stream.of(arguments)).toList();
    Command command = new CommandReader(Map.of(), ConfigFiles.onDisk()).read(all);
    assertThat(command).isInstanceOf(Command.Serve.class);
    return ((Command.Serve) command).settings();
  }
}
