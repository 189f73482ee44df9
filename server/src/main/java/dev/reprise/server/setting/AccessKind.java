package dev.reprise.server.setting;

import dev.reprise.server.access.Role;
import dev.reprise.server.access.RoleWords;
import dev.reprise.server.access.SignatureAlgorithm;
import dev.reprise.server.access.discovery.IssuerAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What values the settings of tokens take.
sealed interface AccessKind<T> extends Kind<T> {
  /// URIs with commas between them; a slash at the end of one makes no difference and is left out.
  record Uris() implements AccessKind<Set<String>> {
    @Override
    public Set<String> parse(String text) {
      List<String> parts =
          Arrays.stream(text.split(",", -1))
              .map(part -> part.strip().replaceFirst("/$", ""))
              .toList();
      if (parts.stream().anyMatch(part -> part.isEmpty() || part.contains(" "))) {
        throw new IllegalArgumentException(text);
      }
      return Set.copyOf(new LinkedHashSet<>(parts));
    }

    @Override
    public String expected() {
      return "one or more URIs with commas between them";
    }
  }

  /// Addresses of token issuers, or none.
  record Issuers() implements AccessKind<List<IssuerAddress>> {
    @Override
    public List<IssuerAddress> parse(String text) {
      return split(text).stream().map(IssuerAddress::parse).distinct().toList();
    }

    @Override
    public String expected() {
      return "https addresses with commas between them, each with tenant= before it if all its users"
          + " are of one tenant; http only on loopback";
    }
  }

  /// Ids of tenants, or none.
  record Tenants() implements AccessKind<Set<String>> {
    @Override
    public Set<String> parse(String text) {
      List<String> ids = split(text);
      if (!ids.stream().allMatch(IssuerAddress::isTenantId)) {
        throw new IllegalArgumentException(text);
      }
      return ids.stream()
          .map(id -> id.toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String expected() {
      return "tenant ids (GUIDs) with commas between them";
    }
  }

  /// One or more ways to sign a token.
  record Algorithms() implements AccessKind<Set<SignatureAlgorithm>> {
    @Override
    public Set<SignatureAlgorithm> parse(String text) {
      Set<SignatureAlgorithm> algorithms =
          split(text).stream()
              .map(SignatureAlgorithm::valueOf)
              .collect(Collectors.toUnmodifiableSet());
      if (algorithms.isEmpty()) {
        throw new IllegalArgumentException(text);
      }
      return algorithms;
    }

    @Override
    public String expected() {
      return "with commas between them some of "
          + Arrays.stream(SignatureAlgorithm.values())
              .map(SignatureAlgorithm::name)
              .collect(Collectors.joining(", "));
    }
  }

  /// The name of a claim, or a path to it.
  record Claim() implements AccessKind<String> {
    private static final Pattern SHAPE = Pattern.compile("\\S{1,256}");

    @Override
    public String parse(String text) {
      if (!SHAPE.matcher(text).matches()) {
        throw new IllegalArgumentException(text);
      }
      return text;
    }

    @Override
    public String expected() {
      return "a claim, or a path with dots such as realm_access.roles";
    }
  }

  /// What to ask an issuer for.
  record Scopes() implements AccessKind<String> {
    private static final Pattern SHAPE =
        Pattern.compile(
            "(?:[\\x21\\x23-\\x5b\\x5d-\\x7e]+ )*openid(?: [\\x21\\x23-\\x5b\\x5d-\\x7e]+)*");

    @Override
    public String parse(String text) {
      if (!SHAPE.matcher(text).matches()) {
        throw new IllegalArgumentException(text);
      }
      return text;
    }

    @Override
    public String expected() {
      return "scopes with a space between them, openid among them";
    }
  }

  /// What an issuer's words for roles mean; our own names if nothing is said.
  record Roles() implements AccessKind<Map<String, Role>> {
    @Override
    public Map<String, Role> parse(String text) {
      Map<String, Role> meaning = new LinkedHashMap<>();
      for (String pair : split(text)) {
        int equals = pair.lastIndexOf('=');
        String word = pair.substring(0, Math.max(0, equals)).strip();
        Role role =
            Role.of(pair.substring(equals + 1).strip())
                .orElseThrow(() -> new IllegalArgumentException(text));
        if (word.isEmpty() || meaning.put(word, role) != null) {
          throw new IllegalArgumentException(text);
        }
      }
      return meaning.isEmpty() ? RoleWords.ours() : Map.copyOf(meaning);
    }

    @Override
    public String expected() {
      return "pairs such as report-admins=ReportAdmin with commas between them; the roles are "
          + Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(", "));
    }
  }

  private static List<String> split(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    List<String> parts = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    if (parts.contains("")) {
      throw new IllegalArgumentException(text);
    }
    return parts;
  }
}
