package dev.reprise.server.access;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/// What a token must be made for, how far clocks may differ, and how it may be signed.
///
/// @param audiences accepted in the claim `aud`, each with or without a slash at the end
/// @param skew by how much the issuer's clock may be ahead of or behind ours
/// @param algorithms with which a token may be signed
public record TokenRules(Set<String> audiences, Duration skew, Set<SignatureAlgorithm> algorithms) {
  /// The resources that programs written against Partner Center ask tokens for, and 60 seconds.
  public static final TokenRules DEFAULT =
      new TokenRules(
          Set.of(
              "https://graph.windows.net",
              "https://graph.microsoft.com",
              "https://api.partnercenter.microsoft.com",
              "https://api.partner.microsoft.com",
              "https://manage.devcenter.microsoft.com",
              "https://management.azure.com"),
          Duration.ofSeconds(60),
          Set.of(SignatureAlgorithm.RS256));

  public TokenRules {
    audiences =
        audiences.stream().map(TokenRules::withoutSlash).collect(Collectors.toUnmodifiableSet());
    algorithms = Set.copyOf(algorithms);
    if (skew.isNegative()) {
      throw new IllegalArgumentException("skew " + skew + " is negative");
    }
  }

  boolean acceptsAudience(String audience) {
    return audiences.contains(withoutSlash(audience));
  }

  private static String withoutSlash(String audience) {
    return audience.endsWith("/") ? audience.substring(0, audience.length() - 1) : audience;
  }
}
