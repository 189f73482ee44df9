package dev.reprise.server.access.issuer;

import dev.reprise.server.access.Role;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/// The program that asks for a token. Any is welcome, with any secret; the id alone decides what it
/// may see.
///
/// @param secret whatever proves the client's identity: a secret or a signed assertion
record Client(String id, Optional<String> secret) {
  private static final String BASIC = "Basic ";

  /// The client of a form or, where the form names none, of the header `Authorization`.
  ///
  /// - Source: RFC 6749 section 2.3.1.
  static Optional<Client> of(Form form, Optional<String> authorization) {
    Optional<String> secret = form.value("client_secret").or(() -> form.value("client_assertion"));
    Optional<Client> basic = authorization.flatMap(Client::ofBasic);
    return form.value("client_id")
        .map(id ->
            new Client(
                id, secret.or(() -> basic.filter(b -> b.id.equals(id)).flatMap(Client::secret))))
        .or(() -> basic);
  }

  /// The roles that a token for this client carries.
  Set<Role> roles() {
    return switch (id) {
      case "viewer" -> Set.of(Role.REPORT_VIEWER);
      case "admin" -> Set.of(Role.REPORT_ADMIN);
      case "guest" -> Set.of();
      default -> Set.of(Role.EXECUTIVE_REPORT_VIEWER);
    };
  }

  private static Optional<Client> ofBasic(String authorization) {
    if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return Optional.empty();
    }
    return decoded(authorization.substring(BASIC.length()).strip())
        .filter(pair -> pair.indexOf(':') > 0)
        .flatMap(pair -> {
          int colon = pair.indexOf(':');
          return unescaped(pair.substring(0, colon))
              .map(id ->
                  new Client(id, unescaped(pair.substring(colon + 1)).filter(s -> !s.isEmpty())));
        });
  }

  private static Optional<String> decoded(String base64) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty(); // Credentials that cannot be read are credentials not given.
    }
  }

  private static Optional<String> unescaped(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Form.decode(bytes, 0, bytes.length);
  }
}
