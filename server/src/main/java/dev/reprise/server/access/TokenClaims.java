package dev.reprise.server.access;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The claims of an access token that say who calls.
///
/// - Source: RFC 7519 section 4; for `tid`, `oid`, `appid` and `azp` the Microsoft identity
///   platform, "Access token claims reference", versions 1.0 and 2.0.
record TokenClaims(JWTClaimsSet set) {
  private static final int APPLICATION_CHARACTERS = 100;

  Optional<String> issuer() {
    return Optional.ofNullable(set.getIssuer());
  }

  Optional<Instant> expires() {
    return Optional.ofNullable(set.getExpirationTime()).map(Date::toInstant);
  }

  Optional<Instant> issued() {
    return Optional.ofNullable(set.getIssueTime()).map(Date::toInstant);
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

  /// Who the token speaks for; empty if the claim that says it is missing.
  Optional<String> user(TrustedIssuer.Identity identity) throws ParseException {
    return switch (identity) {
      case CLIENT -> {
        Optional<String> first = text("appid");
        yield first.isPresent() ? first : text("azp");
      }
      case OBJECT -> text("oid");
      case SUBJECT -> text("sub");
    };
  }

  /// The application that the token was made for. It decides nothing, so one that cannot be the
  /// name of any is left out and not refused.
  Optional<String> application() {
    return Stream.of("appid", "azp")
        .map(set::getClaim)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(id -> !id.isBlank() && id.length() <= APPLICATION_CHARACTERS)
        .findFirst();
  }

  /// The words of a claim that lists roles; one word may stand without a list.
  ///
  /// @param name of the claim, or a path with dots
  List<String> words(String name) throws ParseException {
    @Nullable Object value = set.getClaim(name);
    if (value == null && name.indexOf('.') > 0) {
      value = set.getClaims();
      for (String part : name.split("\\.", -1)) {
        value = value instanceof Map<?, ?> object ? object.get(part) : null;
      }
    }
    return switch (value) {
      case null -> List.of();
      case String word -> List.of(word);
      case Collection<?> words -> {
        if (!words.stream().allMatch(String.class::isInstance)) {
          throw new ParseException(name + " does not list words", 0);
        }
        yield words.stream().map(String.class::cast).toList();
      }
      default -> throw new ParseException(name + " does not list words", 0);
    };
  }

  private Optional<String> text(String name) throws ParseException {
    return Optional.ofNullable(set.getStringClaim(name)).filter(value -> !value.isBlank());
  }
}
