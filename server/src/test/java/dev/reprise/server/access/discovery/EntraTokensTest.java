package dev.reprise.server.access.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.reprise.server.access.Caller;
import dev.reprise.server.access.Role;
import dev.reprise.server.access.RoleWords;
import dev.reprise.server.access.TokenRules;
import dev.reprise.server.access.TokenVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tokens as Entra ID writes them, signed by an issuer that publishes its documents as it does.
class EntraTokensTest {
  private static final Instant MONDAY = Instant.parse("2026-01-05T06:00:00Z");
  private static final String CONTOSO = "6e3b5d2c-0000-4000-8000-00000000000a";
  private static final String FABRIKAM = "6e3b5d2c-0000-4000-8000-00000000000b";
  private static final String OURS = "api://reprise";

  private final AtomicReference<Instant> now = new AtomicReference<>(MONDAY);
  private final PaperIssuer entra = new PaperIssuer();
  private Issuers issuers = new Issuers(List.of(), Set.of(), RoleWords.DEFAULT, now::get);

  @AfterEach
  void close() {
    issuers.close();
    entra.close();
  }

  private TokenVerifier trusting(Set<String> tenants, String... addresses) {
    List<IssuerAddress> parsed = Arrays.stream(addresses).map(IssuerAddress::parse).toList();
    issuers.close();
    issuers = new Issuers(parsed, tenants, RoleWords.DEFAULT, now::get);
    var rules =
        new TokenRules(Set.of(OURS), Duration.ofSeconds(60), TokenRules.DEFAULT.algorithms());
    return new TokenVerifier(issuers.trusted(), rules, now::get);
  }

  /// A person's token as version 2.0 writes it.
  private JWTClaimsSet.Builder second(String tenant) {
    return common(entra.at("/" + tenant + "/v2.0"), tenant)
        .claim("ver", "2.0")
        .claim("azp", "11111111-0000-4000-8000-000000000001")
        .claim("preferred_username", "ada@contoso.example")
        .claim("scp", "Reports.Read");
  }

  /// An application's token as version 1.0 writes it.
  private JWTClaimsSet.Builder first(String tenant) {
    return common(entra.at("/" + tenant + "/"), tenant)
        .claim("ver", "1.0")
        .claim("appid", "11111111-0000-4000-8000-000000000001")
        .claim("appidacr", "1")
        .claim("idp", entra.at("/" + tenant + "/"));
  }

  private static JWTClaimsSet.Builder common(String issuer, String tenant) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .audience(OURS)
        .issueTime(Date.from(MONDAY))
        .notBeforeTime(Date.from(MONDAY))
        .expirationTime(Date.from(MONDAY.plusSeconds(4_000)))
        .subject("pairwise")
        .claim("oid", "ada-object")
        .claim("tid", tenant)
        .claim("roles", List.of("ExecutiveReportViewer"));
  }

  private static String token(JWTClaimsSet.Builder claims) {
    return PaperIssuer.token(PaperIssuer.FIRST, claims.build());
  }

  private void publishVersionTwo() {
    String path = "/" + CONTOSO + "/v2.0";
    entra.publish(path, entra.at(path), PaperIssuer.FIRST);
  }

  @Test
  void bothVersionsOfATokenAreOneUserOfOneTenant() {
    publishVersionTwo();
    entra.publish("/" + CONTOSO, entra.at("/" + CONTOSO + "/"), PaperIssuer.FIRST);
    var verifier =
        trusting(Set.of(), entra.at("/" + CONTOSO + "/v2.0"), entra.at("/" + CONTOSO + "/"));
    var ada =
        new Caller(
            CONTOSO,
            "ada-object",
            Set.of(Role.EXECUTIVE_REPORT_VIEWER),
            Optional.of("application 11111111-0000-4000-8000-000000000001"));
    assertThat(verifier.verify(token(second(CONTOSO)))).isEqualTo(ada);
    assertThat(verifier.verify(token(first(CONTOSO)))).isEqualTo(ada);
    assertThat(verifier.verify(token(first(CONTOSO).claim("roles", null))).roles()).isEmpty();
  }

  @Test
  void ofAnIssuerForManyTenantsOnlyThoseAllowedAreBelieved() {
    entra.publish("/common/v2.0", entra.at("/{tenantid}/v2.0"), PaperIssuer.FIRST);
    entra.publish("/organizations", entra.at("/{tenantid}/"), PaperIssuer.FIRST);
    var verifier = trusting(Set.of(CONTOSO), entra.at("/common/v2.0"), entra.at("/organizations"));
    assertThat(verifier.verify(token(second(CONTOSO))).tenant()).isEqualTo(CONTOSO);
    assertThat(verifier.verify(token(first(CONTOSO))).tenant()).isEqualTo(CONTOSO);
    refused(verifier, second(FABRIKAM), "an issuer or tenant that is not trusted");
    refused(verifier, first(FABRIKAM), "an issuer or tenant that is not trusted");
    refused(verifier, second(FABRIKAM).claim("tid", CONTOSO), "that is not trusted");
    refused(verifier, second(CONTOSO).claim("tid", null), "that is not trusted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          iss   | https://evil.example/        | the token comes from an issuer or tenant that is not trusted
          tid   | 6e3b5d2c-0000-4000-8000-00000000000b | the token comes from an issuer or tenant that is not trusted
          aud   | https://graph.microsoft.com  | the token was issued for another audience
          oid   |                              | the token names no user
          exp   |                              | the token says no expiry
          oid   | 7                            |
          tid   |                              |
          nbf   |                              |
          aud   | api://reprise/               |
          """)
  void oneClaimDecides(String name, String value, String refusal) {
    publishVersionTwo();
    var verifier = trusting(Set.of(), entra.at("/" + CONTOSO + "/v2.0"));
    var claims = second(CONTOSO).claim(name, value);
    if (refusal == null) {
      assertThat(verifier.verify(token(claims)).tenant()).isEqualTo(CONTOSO);
    } else {
      refused(verifier, claims, refusal);
    }
  }

  @Test
  void theSkewThatWasSetIsAllowedAndNoMore() {
    publishVersionTwo();
    var verifier = trusting(Set.of(), entra.at("/" + CONTOSO + "/v2.0"));
    now.set(MONDAY.minusSeconds(61));
    refused(verifier, second(CONTOSO), "the token is not valid yet");
    now.set(MONDAY.plusSeconds(4_059));
    assertThat(verifier.verify(token(second(CONTOSO))).user()).isEqualTo("ada-object");
    now.set(MONDAY.plusSeconds(4_060));
    refused(verifier, second(CONTOSO), "the token has expired");
  }

  @Test
  void aRolledKeyIsFollowedAndATokenOfAKeyTakenBackEndsThoughVerifiedBefore() {
    publishVersionTwo();
    String path = "/" + CONTOSO + "/v2.0";
    var verifier = trusting(Set.of(), entra.at(path));
    String old = token(second(CONTOSO));
    assertThat(verifier.verify(old).user()).isEqualTo("ada-object");
    entra.publish(path, entra.at(path), PaperIssuer.SECOND);
    now.set(MONDAY.plus(IssuerKeys.INTERVAL));
    String rolled = PaperIssuer.token(PaperIssuer.SECOND, second(CONTOSO).build());
    assertThat(verifier.verify(rolled).user()).isEqualTo("ada-object");
    assertThatThrownBy(() -> verifier.verify(old)).hasMessageContaining("key that is not known");
  }

  @Test
  void aKeyOfOneIssuerSignsNothingForAnother() {
    publishVersionTwo();
    entra.publish("/generic", entra.at("/generic"), PaperIssuer.SECOND);
    var verifier = trusting(Set.of(), entra.at("/" + CONTOSO + "/v2.0"), entra.at("/generic"));
    String forged = PaperIssuer.token(PaperIssuer.SECOND, second(CONTOSO).build());
    assertThatThrownBy(() -> verifier.verify(forged)).hasMessageContaining("key that is not known");
    var claims = second(CONTOSO).issuer(entra.at("/generic")).build();
    var generic = verifier.verify(PaperIssuer.token(PaperIssuer.SECOND, claims));
    assertThat(generic.tenant()).isEqualTo(entra.at("/generic").substring("http://".length()));
    assertThat(generic.user()).isEqualTo("pairwise");
  }

  @Test
  void anIssuerThatIsDownIsToldOfAndHoldsUpNoOther() {
    publishVersionTwo();
    var verifier = trusting(Set.of(), entra.at("/" + CONTOSO + "/v2.0"), entra.at("/gone"));
    var claims = second(CONTOSO).issuer(entra.at("/gone"));
    refused(verifier, claims, "key that is not known");
    assertThat(verifier.verify(token(second(CONTOSO))).tenant()).isEqualTo(CONTOSO);
    assertThat(issuers.states())
        .extracting(Issuers.State::issuer, Issuers.State::usable, Issuers.State::current)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(entra.at("/" + CONTOSO + "/v2.0"), true, true),
            org.assertj.core.groups.Tuple.tuple(entra.at("/gone"), false, false));
  }

  private static void refused(TokenVerifier verifier, JWTClaimsSet.Builder claims, String why) {
    assertThatThrownBy(() -> verifier.verify(token(claims)))
        .hasMessageStartingWith("Unauthorized: ")
        .hasMessageContaining(why);
  }
}
