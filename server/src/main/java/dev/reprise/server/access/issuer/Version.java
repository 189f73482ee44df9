package dev.reprise.server.access.issuer;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// The two versions of the token service, which differ in how a client names the resource that it
/// wants a token for.
enum Version {
  /// `resource=https://graph.windows.net`
  V1("1.0", "appid"),
  /// `scope=https://graph.microsoft.com/.default`
  V2("2.0", "azp");

  /// What a token is for when the form does not say.
  static final String DEFAULT_RESOURCE = "https://graph.windows.net";

  private static final Set<String> ABOUT_THE_USER =
      Set.of("openid", "profile", "email", "offline_access");

  private final String claim;
  private final String clientClaim;

  Version(String claim, String clientClaim) {
    this.claim = claim;
    this.clientClaim = clientClaim;
  }

  /// As the claim `ver` says it.
  String claim() {
    return claim;
  }

  /// The claim that holds the client id.
  String clientClaim() {
    return clientClaim;
  }

  /// What the form asks a token for, if it says so.
  Optional<String> resource(Form form) {
    return switch (this) {
      case V1 -> form.value("resource");
      case V2 -> form.value("scope").flatMap(Version::resourceOfScopes);
    };
  }

  // A scope is the resource, a slash and the permission: `https://api.example/.default`.
  private static Optional<String> resourceOfScopes(String scopes) {
    return Arrays.stream(scopes.split(" +"))
        .filter(scope -> !ABOUT_THE_USER.contains(scope))
        .filter(scope -> scope.lastIndexOf('/') > 0)
        .map(scope -> scope.substring(0, scope.lastIndexOf('/')))
        .findFirst();
  }
}
