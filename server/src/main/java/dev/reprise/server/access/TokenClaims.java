package dev.reprise.server.access;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The claims of an Entra ID access token, versions 1.0 and 2.0, that say who calls.
///
/// - Source: Microsoft identity platform, "Access token claims reference".
record TokenClaims(JWTClaimsSet set) {
  private static final List<String> APPLICATION = List.of("appid", "azp");
  private static final List<String> PERSON = List.of("upn", "preferred_username", "oid");

  Optional<String> issuer() {
    return Optional.ofNullable(set.getIssuer());
  }

  Optional<Instant> expires() {
    return Optional.ofNullable(set.getExpirationTime()).map(Date::toInstant);
  }

  Optional<Instant> notBefore() {
    return Optional.ofNullable(set.getNotBeforeTime()).map(Date::toInstant);
  }

  List<String> audiences() {
    return set.getAudience();
  }

  /// The tenant, in lower case: a domain or GUID that differs only in casing is the same tenant.
  Optional<String> tenant() throws ParseException {
    return text("tid").map(tenant -> tenant.toLowerCase(Locale.ROOT));
  }

  /// Who the token speaks for. A token with delegated permissions (`scp`) speaks for a person, and
  /// every person who uses an application must be told apart; any other speaks for the application.
  Optional<String> user() throws ParseException {
    boolean delegated = text("scp").isPresent();
    Optional<String> first = firstOf(delegated ? PERSON : APPLICATION);
    return first.isPresent() || delegated ? first : firstOf(PERSON);
  }

  Set<Role> roles() throws ParseException {
    List<String> words = set.getStringListClaim("roles");
    return words == null
        ? Set.of()
        : words.stream()
            .flatMap(word -> Role.of(word).stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  private Optional<String> firstOf(List<String> names) throws ParseException {
    for (String name : names) {
      Optional<String> value = text(name);
      if (value.isPresent()) {
        return value;
      }
    }
    return Optional.empty();
  }

  private Optional<String> text(String name) throws ParseException {
    return Optional.ofNullable(set.getStringClaim(name)).filter(value -> !value.isBlank());
  }
}
