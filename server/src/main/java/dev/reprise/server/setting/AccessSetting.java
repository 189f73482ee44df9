package dev.reprise.server.setting;

import dev.reprise.server.access.Role;
import dev.reprise.server.access.SignatureAlgorithm;
import dev.reprise.server.access.TokenRules;
import dev.reprise.server.access.discovery.IssuerAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The settings of who comes in, and as whom; a part of the table that [SettingTable] has whole.
final class AccessSetting {
  static final Setting<List<IssuerAddress>> ISSUERS =
      Setting.plain(
          "access.issuers",
          new AccessKind.Issuers(),
          "",
          "Whose tokens are believed, by OpenID Connect discovery.");
  static final Setting<Set<String>> TENANTS =
      Setting.plain(
          "access.tenants",
          new AccessKind.Tenants(),
          "",
          "Of which tenants, where an issuer speaks for many (common, organizations).");
  static final Setting<Set<String>> AUDIENCES =
      Setting.plain(
          "access.audiences",
          new AccessKind.Uris(),
          TokenRules.DEFAULT.audiences().stream().sorted().collect(Collectors.joining(", ")),
          "For whom a token may be made; a slash at the end makes no difference.");
  static final Setting<Duration> CLOCK_SKEW =
      Setting.plain(
          "access.clock-skew",
          new Kind.Span(Duration.ZERO, Duration.ofMinutes(10), Duration.ofSeconds(1)),
          "PT60S",
          "How far an issuer's clock may be ahead or behind.");
  static final Setting<Set<SignatureAlgorithm>> ALGORITHMS =
      Setting.plain(
          "access.algorithms", new AccessKind.Algorithms(), "RS256", "How a token may be signed.");
  static final Setting<String> ROLES_CLAIM =
      Setting.plain(
          "access.roles-claim",
          new AccessKind.Claim(),
          "roles",
          "The claim in which an issuer lists roles.");
  static final Setting<Map<String, Role>> ROLE_NAMES =
      Setting.plain(
          "access.role-names",
          new AccessKind.Roles(),
          "",
          "What an issuer's words for roles mean; without it they are our own names.");
  static final Setting<Settings.TokenStandIn> STAND_IN =
      Setting.plain(
          "access.stand-in",
          new Kind.Choice<>(Settings.TokenStandIn.class),
          "auto",
          "Give a token to whoever asks; auto: unless there are issuers.");
  static final Setting<Optional<String>> CONSOLE_CLIENT =
      Setting.plain(
          "console.client-id",
          new StoreKind.MaybeText(),
          "",
          "As which client people sign in to the console at the first of access.issuers.");
  static final Setting<String> CONSOLE_SCOPES =
      Setting.plain(
          "console.scopes",
          new AccessKind.Scopes(),
          "openid",
          "What the console asks that issuer for.");

  private AccessSetting() {}
}
