package dev.reprise.server.access;

import static dev.reprise.server.access.MintedTokens.KEYS;
import static dev.reprise.server.access.MintedTokens.MONDAY;
import static dev.reprise.server.access.MintedTokens.PAIR;
import static dev.reprise.server.access.MintedTokens.claims;
import static dev.reprise.server.access.MintedTokens.header;
import static dev.reprise.server.access.MintedTokens.publicKey;
import static dev.reprise.server.access.MintedTokens.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.PlainJWT;
import dev.reprise.api.ErrorCode;
import dev.reprise.api.RefusedException;
import dev.reprise.server.access.TrustedIssuer.Identity;
import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
  private static final String NOT_TRUSTED =
      "the token comes from an issuer or tenant that is not trusted";
  private static final TrustedIssuer.Naming ANY = (issuer, tenant) -> tenant;

  private final AtomicReference<Instant> now = new AtomicReference<>(MONDAY);
  private final TokenVerifier verifier =
      new TokenVerifier(List.of(MintedTokens.TRUSTED), TokenRules.DEFAULT, now::get);

  @Test
  void aGoodTokenBecomesItsCaller() {
    assertThat(verifier.verify(token(claims())))
        .isEqualTo(new Caller("contoso", "ada", Set.of(Role.EXECUTIVE_REPORT_VIEWER)));
  }

  @Test
  void aRequestIsAuthenticatedByEitherHeader() {
    String good = token(claims());
    Caller ada = verifier.verify(good);
    var bearer = verifier.authenticate(Optional.of("bearer " + good), Optional.empty());
    assertThat(bearer.caller()).isEqualTo(ada);
    assertThat(verifier.authenticate(Optional.empty(), Optional.of(good)).caller()).isEqualTo(ada);
    assertThatThrownBy(() -> verifier.authenticate(Optional.empty(), Optional.empty()))
        .isInstanceOf(RefusedException.class)
        .hasMessage("Unauthorized: the request carries no bearer token");
  }

  @Test
  void rolesOfOtherApplicationsAreIgnoredAndNoneAtAllIsStillACaller() {
    assertThat(verifier.verify(token(claims().claim("roles", List.of("ReportAdmin", "Other")))))
        .extracting(Caller::roles)
        .isEqualTo(Set.of(Role.REPORT_ADMIN));
    assertThat(verifier.verify(token(claims().claim("roles", null))).roles()).isEmpty();
  }

  @Test
  void theClientIsTheUserWhereTheIssuerSaysSo() {
    var both = claims().claim("upn", "grace@contoso.com").claim("oid", "7").claim("scp", "x");
    assertThat(verifier.verify(token(both)).user()).isEqualTo("ada");
    var second = claims().claim("appid", null).claim("azp", "grace");
    assertThat(verifier.verify(token(second)).user()).isEqualTo("grace");
  }

  @ParameterizedTest
  @CsvSource({"OBJECT, 7", "SUBJECT, 8", "CLIENT, ada"})
  void theIssuerDecidesWhichClaimIsTheUserAndNoNameEverIs(Identity identity, String user) {
    TokenVerifier verifier = of(new TrustedIssuer(ANY, identity, RoleWords.DEFAULT, KEYS));
    var all = claims().claim("upn", "u").claim("preferred_username", "p").claim("email", "e");
    assertThat(verifier.verify(token(all.claim("oid", "7").subject("8"))).user()).isEqualTo(user);
    all.claim("oid", null).subject(null).claim("appid", null);
    assertThatThrownBy(() -> verifier.verify(token(all)))
        .hasMessage("Unauthorized: the token names no user");
  }

  @ParameterizedTest
  @CsvSource({"OBJECT, application ada", "CLIENT, "})
  void theApplicationIsKnownWhereItIsNotTheUser(Identity identity, @Nullable String client) {
    TokenVerifier verifier = of(new TrustedIssuer(ANY, identity, RoleWords.DEFAULT, KEYS));
    var person = claims().claim("oid", "7");
    assertThat(verifier.verify(token(person)).client()).isEqualTo(Optional.ofNullable(client));
  }

  @Test
  void anApplicationThatIsNoTextIsLeftOut() {
    var issuer = new TrustedIssuer(ANY, Identity.OBJECT, RoleWords.DEFAULT, KEYS);
    var odd = claims().claim("oid", "7").claim("appid", null).claim("azp", List.of("x"));
    assertThat(of(issuer).verify(token(odd)).client()).isEmpty();
  }

  @Test
  void rolesMayHaveOtherNamesInAnotherClaim() {
    var words = new RoleWords("realm_access.roles", Map.of("boss", Role.REPORT_ADMIN));
    TokenVerifier verifier = of(new TrustedIssuer(ANY, Identity.CLIENT, words, KEYS));
    var nested = claims().claim("realm_access", Map.of("roles", List.of("boss", "ReportViewer")));
    assertThat(verifier.verify(token(nested)).roles()).containsExactly(Role.REPORT_ADMIN);
    var literal = claims().claim("realm_access.roles", "boss");
    assertThat(verifier.verify(token(literal)).roles()).containsExactly(Role.REPORT_ADMIN);
    assertThat(verifier.verify(token(claims())).roles()).isEmpty();
    var flat = claims().claim("realm_access", "boss");
    assertThat(verifier.verify(token(flat)).roles()).isEmpty();
  }

  @Test
  void onlyAllowedAlgorithmsCountWhateverTheHeaderSays() throws JOSEException {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID(MintedTokens.KEY_ID).generate();
    PublicKey open = key.toPublicKey();
    var issuer =
        new TrustedIssuer(ANY, Identity.CLIENT, RoleWords.DEFAULT, id -> Optional.of(open));
    var rules =
        new TokenRules(
            TokenRules.DEFAULT.audiences(),
            TokenRules.DEFAULT.skew(),
            Set.of(SignatureAlgorithm.ES256, SignatureAlgorithm.RS256));
    var verifier = new TokenVerifier(List.of(issuer), rules, now::get);
    String good = token(header(JWSAlgorithm.ES256).build(), claims(), new ECDSASigner(key));
    assertThat(verifier.verify(good).user()).isEqualTo("ada");
    assertThatThrownBy(() -> of(issuer).verify(good))
        .hasMessage("Unauthorized: the token is not signed with RS256");
    assertThatThrownBy(() -> verifier.verify(token(claims())))
        .hasMessage("Unauthorized: the token is signed with a key of another kind");
    MACSigner mac = new MACSigner(publicKey().getEncoded());
    String shared = token(header(JWSAlgorithm.HS256).build(), claims(), mac);
    assertThatThrownBy(() -> verifier.verify(shared))
        .hasMessage("Unauthorized: the token is not signed with RS256 or ES256");
  }

  @Test
  void keysThatATokenBringsAlongAreNotRead() throws JOSEException {
    RSAKey foreign = new RSAKeyGenerator(2048).keyID("mine").generate();
    JWSHeader header =
        header(JWSAlgorithm.RS256)
            .keyID("mine")
            .jwk(foreign.toPublicJWK())
            .jwkURL(URI.create("http://127.0.0.1:1/keys"))
            .x509CertURL(URI.create("http://127.0.0.1:1/certificate"))
            .build();
    refused(
        token(header, claims(), new RSASSASigner(foreign)),
        "the token is signed with a key that is not known");
  }

  @Test
  void anExtensionThatMustBeUnderstoodIsRefused() {
    JWSHeader header =
        header(JWSAlgorithm.RS256).criticalParams(Set.of("exp2")).customParam("exp2", 1).build();
    refused(
        token(header, claims(), new RSASSASigner(PAIR.getPrivate())),
        "the signature of the token is not valid");
  }

  @Test
  void aTokenWithoutUserOrTenantIsRefused() {
    refused(token(claims().claim("appid", null)), "the token names no user");
    refused(token(claims().claim("tid", null)), NOT_TRUSTED);
  }

  @Test
  void tenantsThatDifferInCasingAreOne() {
    assertThat(verifier.verify(token(claims().claim("tid", "CONTOSO"))).tenant())
        .isEqualTo("contoso");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://graph.windows.net/",
        "https://graph.microsoft.com",
        "https://api.partnercenter.microsoft.com/",
        "https://api.partner.microsoft.com",
        "https://manage.devcenter.microsoft.com",
        "https://management.azure.com/"
      })
  void everyUsualAudienceIsAcceptedWithOrWithoutASlash(String audience) {
    assertThat(verifier.verify(token(claims().audience(audience))).user()).isEqualTo("ada");
  }

  @Test
  void oneOfSeveralAudiencesIsEnough() {
    var several = claims().audience(List.of("https://example.com", "https://graph.windows.net"));
    assertThat(verifier.verify(token(several)).user()).isEqualTo("ada");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "https://graph.windows.net.evil.example",
        "",
        "https://graph.windows.net//"
      })
  void anotherAudienceIsRefused(String audience) {
    refused(token(claims().audience(audience)), "the token was issued for another audience");
  }

  @Test
  void aTokenWithoutAudienceIsRefused() {
    refused(token(claims().audience((String) null)), "the token was issued for another audience");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://sts.windows.net/fabrikam/", "https://evil.example/contoso/", ""})
  void anIssuerThatIsNotTrustedOrSpeaksForAnotherTenantIsRefused(String issuer) {
    refused(token(claims().issuer(issuer)), NOT_TRUSTED);
  }

  @Test
  void aTokenThatClaimsAnotherTenantThanItsIssuerIsRefused() {
    refused(token(claims().claim("tid", "fabrikam")), NOT_TRUSTED);
  }

  @Test
  void aChangedPayloadIsRefused() {
    String[] parts = token(claims()).split("\\.", -1);
    String admin = claims().claim("roles", List.of("ReportAdmin")).build().toString();
    refused(
        parts[0] + "." + Base64URL.encode(admin) + "." + parts[2],
        "the signature of the token is not valid");
  }

  @Test
  void anotherKeyUnderTheSameIdIsRefused() {
    refused(token(claims(), MintedTokens.pair()), "the signature of the token is not valid");
  }

  @Test
  void aKeyThatIsNotKnownIsRefused() {
    RSASSASigner signer = new RSASSASigner(PAIR.getPrivate());
    refused(
        token(header(JWSAlgorithm.RS256).keyID("key-2").build(), claims(), signer),
        "the token is signed with a key that is not known");
    refused(
        token(header(JWSAlgorithm.RS256).keyID(null).build(), claims(), signer),
        "the token is signed with a key that is not known");
  }

  @Test
  void anUnsignedTokenIsRefused() {
    refused(new PlainJWT(claims().build()).serialize(), "the token is malformed");
  }

  @Test
  void thePublicKeyIsNoSharedSecret() throws JOSEException {
    MACSigner signer = new MACSigner(publicKey().getEncoded());
    refused(
        token(header(JWSAlgorithm.HS256).build(), claims(), signer),
        "the token is not signed with RS256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS384", "RS512", "PS256"})
  void otherAlgorithmsOfTheSameKeyAreRefused(String algorithm) {
    RSASSASigner signer = new RSASSASigner(PAIR.getPrivate());
    refused(
        token(header(JWSAlgorithm.parse(algorithm)).build(), claims(), signer),
        "the token is not signed with RS256");
  }

  @Test
  void aTokenOfAnotherTypeIsRefused() {
    RSASSASigner signer = new RSASSASigner(PAIR.getPrivate());
    JOSEObjectType refresh = new JOSEObjectType("refresh+jwt");
    refused(
        token(header(JWSAlgorithm.RS256).type(refresh).build(), claims(), signer),
        "the token is not an access token");
  }

  @Test
  void clocksMayDifferByAMinuteAndNoMore() {
    String token = token(claims());
    now.set(MONDAY.minusSeconds(61));
    refused(token, "the token is not valid yet");
    now.set(MONDAY.minusSeconds(60));
    assertThat(verifier.verify(token).user()).isEqualTo("ada");
    now.set(MONDAY.plusSeconds(3659));
    assertThat(verifier.verify(token).user()).isEqualTo("ada");
    now.set(MONDAY.plusSeconds(3660));
    refused(token, "the token has expired");
  }

  @Test
  void aTokenVerifiedBeforeIsRefusedOnceExpired() {
    String token = token(claims());
    verifier.verify(token);
    now.set(MONDAY.plus(Duration.ofHours(2)));
    refused(token, "the token has expired");
    refused(token, "the token has expired");
  }

  @Test
  void aTokenWithoutExpiryIsRefused() {
    refused(token(claims().expirationTime(null)), "the token says no expiry");
    assertThat(verifier.verify(token(claims().notBeforeTime(null))).user()).isEqualTo("ada");
    refused(
        token(claims().expirationTime(Date.from(MONDAY.minusSeconds(60)))),
        "the token has expired");
  }

  @Test
  void aKeyTakenBackEndsTheTokensItSigned() {
    AtomicReference<KeySource> keys = new AtomicReference<>(MintedTokens.KEYS);
    TrustedIssuer rotating =
        new TrustedIssuer(ANY, Identity.CLIENT, RoleWords.DEFAULT, id -> keys.get().key(id));
    TokenVerifier verifier = new TokenVerifier(List.of(rotating), TokenRules.DEFAULT, now::get);
    String token = token(claims());
    verifier.verify(token);
    keys.set(id -> Optional.empty());
    assertThatThrownBy(() -> verifier.verify(token))
        .hasMessage("Unauthorized: the token is signed with a key that is not known");
    keys.set(id -> Optional.of(MintedTokens.pair().getPublic()));
    assertThatThrownBy(() -> verifier.verify(token))
        .hasMessage("Unauthorized: the signature of the token is not valid");
  }

  @Test
  void aTokenTooLongIsRefusedUnread() {
    refused("x".repeat(16 * 1024 + 1), "the token is longer than 16384 characters");
    refused(
        token(claims().claim("filler", "x".repeat(16 * 1024))),
        "the token is longer than 16384 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "x.y.z", "a.b", "a.b.c.d.e", "e30.e30.e30", "\u0000", "ğ.ş.İ"})
  void whatIsNoTokenIsRefused(String token) {
    refused(token, "the token is malformed");
  }

  @Test
  void aPayloadNestedTooDeepIsRefused() {
    Base64URL header = header(JWSAlgorithm.RS256).build().toBase64URL();
    Base64URL payload = Base64URL.encode("{\"tid\":" + "[".repeat(11_000));
    refused(header + "." + payload + ".AAAA", "the token is malformed");
  }

  @Test
  void claimsOfTheWrongKindAreRefused() {
    refused(token(claims().claim("tid", 7)), "the token is malformed");
    refused(token(claims().claim("roles", 7)), "the token is malformed");
    refused(token(claims().claim("roles", List.of("ReportAdmin", 7))), "the token is malformed");
    refused(token(claims().claim("appid", List.of("ada"))), "the token is malformed");
  }

  @Test
  void aDamagedTokenIsRefusedWhateverTheDamage() {
    long seed = 20260105;
    Random random = new Random(seed);
    String good = token(claims());
    int signature = good.lastIndexOf('.');
    for (int i = 0; i < 300; i++) {
      StringBuilder damaged = new StringBuilder(good);
      damaged.setCharAt(random.nextInt(signature), (char) (' ' + random.nextInt(95)));
      if (damaged.toString().equals(good)) {
        continue;
      }
      assertThat(catchThrowable(() -> verifier.verify(damaged.toString())))
          .as("seed %d, round %d: %s", seed, i, damaged)
          .isInstanceOf(RefusedException.class);
    }
  }

  private TokenVerifier of(TrustedIssuer issuer) {
    return new TokenVerifier(List.of(issuer), TokenRules.DEFAULT, now::get);
  }

  private void refused(String token, String detail) {
    assertThatThrownBy(() -> verifier.verify(token))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAUTHORIZED))
        .hasMessage("Unauthorized: " + detail);
  }
}
