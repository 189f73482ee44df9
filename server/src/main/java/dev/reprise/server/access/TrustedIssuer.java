package dev.reprise.server.access;

import java.util.Optional;
import java.util.function.BiPredicate;

/// Someone whose tokens are believed: which of them are its own, what their claims mean, and the
/// keys that must have signed them. All belong together, so that no issuer's key can sign in the
/// name of another, and no issuer can speak for another's tenant.
public record TrustedIssuer(Naming naming, Identity identity, RoleWords roles, KeySource keys) {
  /// One whose tokens name tenant (`tid`) and client, such as the stand-in.
  ///
  /// @param names whether the claims `iss` and `tid` (lower-cased), in this order, are this
  ///   issuer's
  public TrustedIssuer(BiPredicate<String, String> names, KeySource keys) {
    this(
        (issuer, tenant) -> tenant.filter(tid -> names.test(issuer, tid)),
        Identity.CLIENT,
        RoleWords.DEFAULT,
        keys);
  }

  /// Tells an issuer's own tokens from others, and whose they are.
  @FunctionalInterface
  public interface Naming {
    /// The tenant that a token speaks for, or empty if it is not this issuer's.
    ///
    /// @param tenantClaim the claim `tid` in lower case, which some issuers have
    Optional<String> tenant(String issuer, Optional<String> tenantClaim);
  }

  /// Which claim says who the user is. Never a name or an address: those can be given to another
  /// person, who would then own what the first one left.
  public enum Identity {
    /// The client that asked for the token, `appid` or `azp`.
    CLIENT,
    /// The object of the directory, `oid`: a person, or an application in a tenant.
    OBJECT,
    /// The subject, `sub`.
    SUBJECT
  }
}
