package dev.reprise.server.setting;

import dev.reprise.server.access.RoleWords;
import dev.reprise.server.access.TokenRules;
import dev.reprise.server.access.discovery.IssuerAddress;
import dev.reprise.server.setting.Settings.Access;
import dev.reprise.server.setting.Settings.Listen;
import dev.reprise.server.setting.Settings.SignIn;
import dev.reprise.server.setting.Settings.Tls;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The settings of who is let in and where, which have to fit together: what would let in more than
/// was meant is refused.
final class AccessSettings {
  private AccessSettings() {}

  static Listen listen(Values values) {
    return new Listen(
        values.get(Setting.HOST),
        values.get(Setting.PORT),
        tls(values),
        values.get(Setting.PUBLIC_URL));
  }

  private static Optional<Tls> tls(Values values) {
    Optional<Path> certificate = values.get(Setting.CERTIFICATE);
    Optional<Path> key = values.get(Setting.KEY);
    if (certificate.isPresent() != key.isPresent()) {
      Setting<?> given = certificate.isPresent() ? Setting.CERTIFICATE : Setting.KEY;
      Setting<?> missing = certificate.isPresent() ? Setting.KEY : Setting.CERTIFICATE;
      throw new StartRefused(
          "%s: %s needs %s beside it"
              .formatted(place(values, given), given.name(), missing.name()));
    }
    return certificate.flatMap(file -> key.map(keyFile -> new Tls(file, keyFile)));
  }

  static Access access(Values values) {
    List<IssuerAddress> issuers = values.get(AccessSetting.ISSUERS);
    Set<String> tenants = values.get(AccessSetting.TENANTS);
    boolean hasStandIn =
        switch (values.get(AccessSetting.STAND_IN)) {
          case AUTO -> issuers.isEmpty();
          case ON -> true;
          case OFF -> false;
        };
    if (!hasStandIn && issuers.isEmpty()) {
      throw new StartRefused(
          place(values, AccessSetting.STAND_IN)
              + ": access.stand-in is off and there are no access.issuers: nobody could get in");
    }
    if (hasStandIn && !ListenKind.Host.isLoopback(values.get(Setting.HOST))) {
      throw new StartRefused(
          "%s: listen.host is %s, but must be 127.0.0.1, ::1 or localhost: the built-in token service gives tokens to everyone who can reach it; set access.issuers to use another"
              .formatted(place(values, Setting.HOST), values.get(Setting.HOST)));
    }
    for (IssuerAddress issuer : issuers) {
      if (issuer.isMultiTenant() && tenants.isEmpty()) {
        throw new StartRefused(
            "%s: the issuer %s speaks for every tenant there is: set access.tenants to the ids of those you trust"
                .formatted(place(values, AccessSetting.ISSUERS), issuer));
      }
    }
    if (!issuers.isEmpty() && values.find(AccessSetting.AUDIENCES).isEmpty()) {
      throw new StartRefused(
          place(values, AccessSetting.ISSUERS)
              + ": access.issuers needs access.audiences beside it: for whom the issuer makes your"
              + " tokens, so that those for others are not accepted");
    }
    var rules =
        new TokenRules(
            values.get(AccessSetting.AUDIENCES),
            values.get(AccessSetting.CLOCK_SKEW),
            values.get(AccessSetting.ALGORITHMS));
    var roles =
        new RoleWords(values.get(AccessSetting.ROLES_CLAIM), values.get(AccessSetting.ROLE_NAMES));
    return new Access(issuers, tenants, rules, roles, hasStandIn);
  }

  /// Where people sign in to the console; empty if no client is set.
  static Optional<SignIn> signIn(Values values) {
    List<IssuerAddress> issuers = values.get(AccessSetting.ISSUERS);
    Optional<String> client = values.get(AccessSetting.CONSOLE_CLIENT);
    if (client.isPresent() && issuers.isEmpty()) {
      throw new StartRefused(
          place(values, AccessSetting.CONSOLE_CLIENT)
              + ": console.client-id needs access.issuers beside it: people sign in at the first");
    }
    return client.map(id ->
        new SignIn(issuers.getFirst().address(), id, values.get(AccessSetting.CONSOLE_SCOPES)));
  }

  private static String place(Values values, Setting<?> setting) {
    return values.find(setting).map(Given::place).orElse("default");
  }
}
