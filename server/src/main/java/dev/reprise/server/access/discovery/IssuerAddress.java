package dev.reprise.server.access.discovery;

import dev.reprise.server.access.TrustedIssuer.Identity;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An issuer as the settings name it, and what follows from that alone: how its tokens name it, and
/// which tenant they speak for. Nothing that a token or a document says changes either.
///
/// - Shape: `https://host/path`, also `tenant=https://host/path`, which makes all its users those
///   of one tenant. A path of Entra ID, `/{tenant GUID}` or `/{tenant GUID}/v2.0`, names its tenant
///   itself; `common` or `organizations` for the GUID means many tenants. The tenant of any other
///   issuer is its host and path.
/// - Source: OpenID Connect Discovery 1.0 section 4; Microsoft identity platform, "Access tokens".
///
/// @param address without a slash at the end
/// @param givenTenant the tenant before `=`, in lower case
public record IssuerAddress(URI address, Optional<String> givenTenant) {
  private static final String ANY_TENANT = "{tenantid}";
  private static final String GUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
  private static final Pattern ONE_GUID = Pattern.compile(GUID);
  private static final Pattern DIRECTORY =
      Pattern.compile("/(?:(" + GUID + ")|common|organizations)(/v2\\.0)?");
  private static final Pattern WITH_TENANT =
      Pattern.compile("(?:([A-Za-z0-9][A-Za-z0-9._-]{0,252})=)?(https?://.+)");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|\\[::1]|\\[(?:0:){7}1]");

  /// Under which host tokens of version 1.0 name the issuer, by where its documents are.
  private static final Map<String, String> VERSION_ONE_HOSTS =
      Map.of(
          "login.microsoftonline.com", "sts.windows.net",
          "login.microsoftonline.us", "sts.windows.net",
          "login.partner.microsoftonline.cn", "sts.chinacloudapi.cn");

  /// Reads an address.
  ///
  /// @throws IllegalArgumentException if it is none: https is a must, but on loopback
  public static IssuerAddress parse(String text) {
    Matcher shape = WITH_TENANT.matcher(text.strip());
    if (!shape.matches()) {
      throw new IllegalArgumentException(text);
    }
    URI uri = safe(URI.create(withoutSlash(shape.group(2))));
    if (uri.getRawQuery() != null) {
      throw new IllegalArgumentException(text);
    }
    return new IssuerAddress(
        uri, Optional.ofNullable(shape.group(1)).map(tenant -> tenant.toLowerCase(Locale.ROOT)));
  }

  /// The address itself if what it answers can be believed: over https, or from this machine.
  ///
  /// @throws IllegalArgumentException otherwise
  static URI safe(URI uri) {
    boolean isSafe =
        "https".equals(uri.getScheme())
            || ("http".equals(uri.getScheme())
                && uri.getHost() != null
                && LOOPBACK.matcher(uri.getHost()).matches());
    if (!isSafe
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("not a safe address: " + uri);
    }
    return uri;
  }

  /// Whether a text is a tenant's id as Entra ID writes it.
  public static boolean isTenantId(String text) {
    return ONE_GUID.matcher(text).matches();
  }

  /// Whether it speaks for many tenants, so that somebody has to say for which it may.
  public boolean isMultiTenant() {
    return name().contains(ANY_TENANT);
  }

  /// Where its discovery document is.
  URI discovery() {
    return URI.create(address + "/.well-known/openid-configuration");
  }

  /// How the discovery document has to name it, without a slash at the end.
  String name() {
    Matcher directory = DIRECTORY.matcher(address.getPath());
    if (!directory.matches()) {
      return address.toString();
    }
    String tenant = ownTenant().orElse(ANY_TENANT);
    boolean isVersionTwo = directory.group(2) != null;
    String authority = address.getRawAuthority();
    return address.getScheme()
        + "://"
        + (isVersionTwo ? authority : VERSION_ONE_HOSTS.getOrDefault(authority, authority))
        + "/"
        + tenant
        + (isVersionTwo ? "/v2.0" : "");
  }

  boolean isNamed(String issuer) {
    return name().equals(withoutSlash(issuer));
  }

  /// Which claim tells its users apart. The subject of Entra ID is another one for each application
  /// that a person uses, the object id is not.
  Identity identity() {
    return isDirectory() ? Identity.OBJECT : Identity.SUBJECT;
  }

  /// The tenant of a token with these claims, or empty if it is not this issuer's.
  ///
  /// @param tenantClaim `tid` in lower case
  /// @param allowed tenants in lower case, asked only of an issuer that speaks for many
  Optional<String> tenant(String issuer, Optional<String> tenantClaim, Set<String> allowed) {
    if (isMultiTenant()) {
      return tenantClaim
          .filter(allowed::contains)
          .filter(
              tenant -> name().replace(ANY_TENANT, tenant).equalsIgnoreCase(withoutSlash(issuer)))
          .map(tenant -> givenTenant.orElse(tenant));
    }
    if (!isNamed(issuer)) {
      return Optional.empty();
    }
    Optional<String> own = ownTenant();
    if (own.isEmpty()) {
      return Optional.of(givenTenant.orElse(address.getRawAuthority() + address.getRawPath()));
    }
    return tenantClaim.isEmpty() || tenantClaim.equals(own)
        ? Optional.of(givenTenant.orElseGet(own::get))
        : Optional.empty();
  }

  /// Whether a key may sign this issuer's tokens, by what Entra ID writes beside it: the tenant
  /// whose tokens it signs, or that it signs those of all.
  boolean mayHaveKeyOf(String keyIssuer) {
    Matcher guid = ONE_GUID.matcher(keyIssuer);
    return !isDirectory()
        || !guid.find()
        || ownTenant().filter(guid.group().toLowerCase(Locale.ROOT)::equals).isPresent();
  }

  private boolean isDirectory() {
    return DIRECTORY.matcher(address.getPath()).matches();
  }

  private Optional<String> ownTenant() {
    Matcher directory = DIRECTORY.matcher(address.getPath());
    return directory.matches()
        ? Optional.ofNullable(directory.group(1)).map(tenant -> tenant.toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  private static String withoutSlash(String text) {
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
