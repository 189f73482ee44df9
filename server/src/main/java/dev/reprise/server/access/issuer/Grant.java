package dev.reprise.server.access.issuer;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.reprise.server.access.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What a client was granted: a token of a version, for a resource, in a tenant.
///
/// @param tenant in lower case
/// @param username the person who signed in, if one did; the client stays the user all the same
record Grant(
    Version version, String tenant, Client client, String resource, Optional<String> username) {
  static final Duration LIFETIME = Duration.ofHours(1);

  /// The claims of the access token, named as Entra ID names them.
  ///
  /// There is no `scp`, also after a password: it would make the person the user.
  JWTClaimsSet claims(String issuer, Instant now) {
    String objectId = objectId();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .audience(resource)
            .issuer(issuer)
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .subject(objectId)
            .claim("oid", objectId)
            .claim("tid", tenant)
            .claim(version.clientClaim(), client.id())
            .claim("uti", UUID.randomUUID().toString())
            .claim("ver", version.claim());
    username.ifPresent(name ->
        claims.claim(
            switch (version) {
              case V1 -> "upn";
              case V2 -> "preferred_username";
            },
            name));
    List<String> roles = client.roles().stream().map(Role::word).toList();
    return roles.isEmpty() ? claims.build() : claims.claim("roles", roles).build();
  }

  /// The same for the same client of the same tenant, always.
  private String objectId() {
    String name = tenant + "/" + client.id();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
