package dev.reprise.server.access;

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
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.PlainJWT;
import dev.reprise.api.ErrorCode;
import dev.reprise.api.RefusedException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
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
    assertThat(verifier.authenticate(Optional.of("bearer " + good), Optional.empty()).user())
        .isEqualTo("ada");
    assertThat(verifier.authenticate(Optional.empty(), Optional.of(good)).user()).isEqualTo("ada");
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
  void anApplicationIsTheUserUnlessTheTokenSpeaksForAPerson() {
    var both = claims().claim("upn", "grace@contoso.com").claim("oid", "7");
    assertThat(verifier.verify(token(both)).user()).isEqualTo("ada");
    assertThat(verifier.verify(token(both.claim("scp", "user_impersonation"))).user())
        .isEqualTo("grace@contoso.com");
    assertThat(verifier.verify(token(both.claim("upn", null))).user()).isEqualTo("7");
    assertThat(verifier.verify(token(both.claim("preferred_username", "linus"))).user())
        .isEqualTo("linus");
  }

  @Test
  void aTokenOfVersionTwoNamesTheApplicationAzp() {
    var second = claims().claim("appid", null).claim("azp", "grace").claim("oid", "7");
    assertThat(verifier.verify(token(second)).user()).isEqualTo("grace");
    assertThat(verifier.verify(token(second.claim("azp", " "))).user()).isEqualTo("7");
  }

  @Test
  void aTokenWithoutUserOrTenantIsRefused() {
    refused(token(claims().claim("appid", null)), "the token names no user");
    refused(token(claims().claim("tid", null)), "the token names no tenant");
    // A person's token never falls back on the application, which many people share.
    refused(token(claims().claim("scp", "x")), "the token names no user");
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
    refused(token(claims().issuer(issuer)), "the token comes from an issuer that is not trusted");
  }

  @Test
  void aTokenThatClaimsAnotherTenantThanItsIssuerIsRefused() {
    refused(
        token(claims().claim("tid", "fabrikam")),
        "the token comes from an issuer that is not trusted");
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
        new TrustedIssuer(MintedTokens.TRUSTED.names(), id -> keys.get().key(id));
    TokenVerifier verifier = new TokenVerifier(List.of(rotating), TokenRules.DEFAULT, now::get);
    String token = token(claims());
    verifier.verify(token);
    keys.set(id -> Optional.empty());
    assertThatThrownBy(() -> verifier.verify(token))
        .hasMessage("Unauthorized: the token is signed with a key that is not known");
    keys.set(id -> Optional.of((RSAPublicKey) MintedTokens.pair().getPublic()));
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
    refused(token(claims().claim("roles", "ReportAdmin")), "the token is malformed");
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

  private void refused(String token, String detail) {
    assertThatThrownBy(() -> verifier.verify(token))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAUTHORIZED))
        .hasMessage("Unauthorized: " + detail);
  }
}
