package dev.reprise.server.access.issuer;

import static dev.reprise.server.access.issuer.TokenServer.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.reprise.server.access.Caller;
import dev.reprise.server.access.Role;
import dev.reprise.server.access.issuer.TokenServer.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandInTest {
  private static final String V1 = "/contoso/oauth2/token";
  private static final String V2 = "/contoso/oauth2/v2.0/token";
  private static final Map<String, String> ADA =
      Map.of("grant_type", "client_credentials", "client_id", "ada", "client_secret", "s+e cret");
  private static final Map<String, String> ADA_BY_PASSWORD =
      Map.of("grant_type", "password", "client_id", "ada", "username", "u@c.com", "password", "p");

  @TempDir static Path keys;
  private static TokenServer server;

  @BeforeAll
  static void start() {
    server = new TokenServer(keys);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void itIsMonday() {
    server.now.set(MONDAY);
  }

  @Test
  void versionOneAnswersWithStringsAndItsResource() {
    Answer answer =
        server.post(V1, with(ADA, "resource", "https://api.partnercenter.microsoft.com"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json())
        .containsEntry("token_type", "Bearer")
        .containsEntry("expires_in", "3600")
        .containsEntry("ext_expires_in", "3600")
        .containsEntry("expires_on", "1767596400")
        .containsEntry("not_before", "1767592800")
        .containsEntry("resource", "https://api.partnercenter.microsoft.com")
        .containsKey("access_token")
        .doesNotContainKey("refresh_token");
    assertThat(answer.response().headers().firstValue("Content-Type"))
        .contains("application/json; charset=utf-8");
    assertThat(answer.response().headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(server.caller(answer))
        .isEqualTo(new Caller("contoso", "ada", Set.of(Role.EXECUTIVE_REPORT_VIEWER)));
  }

  @Test
  void versionTwoTakesTheResourceFromTheScope() throws ParseException {
    Answer answer =
        server.post(V2, with(ADA, "scope", "openid https://graph.microsoft.com/.default"));
    assertThat(answer.json())
        .containsEntry("expires_in", "3600")
        .containsEntry("scope", "https://graph.microsoft.com/.default")
        .doesNotContainKeys("resource", "expires_on");
    var claims = claims(answer);
    assertThat(claims.getAudience()).containsExactly("https://graph.microsoft.com");
    assertThat(claims.getIssuer()).isEqualTo(server.baseUrl() + "/contoso/v2.0");
    assertThat(claims.getStringClaim("ver")).isEqualTo("2.0");
    assertThat(claims.getStringClaim("azp")).isEqualTo("ada");
    assertThat(claims.getStringClaim("appid")).isNull();
    assertThat(server.caller(answer).user()).isEqualTo("ada");
  }

  @Test
  void theTokenHasTheClaimsOfEntraId() throws ParseException {
    Answer answer = server.post(V1, ADA);
    var claims = claims(answer);
    assertThat(claims.getAudience()).containsExactly("https://graph.windows.net");
    assertThat(claims.getIssuer()).isEqualTo(server.baseUrl() + "/contoso/");
    assertThat(claims.getIssueTime().toInstant()).isEqualTo(MONDAY);
    assertThat(claims.getNotBeforeTime().toInstant()).isEqualTo(MONDAY);
    assertThat(claims.getExpirationTime().toInstant()).isEqualTo(MONDAY.plusSeconds(3600));
    assertThat(claims.getStringClaim("tid")).isEqualTo("contoso");
    assertThat(claims.getStringClaim("appid")).isEqualTo("ada");
    assertThat(claims.getStringClaim("ver")).isEqualTo("1.0");
    assertThat(claims.getStringListClaim("roles")).containsExactly("ExecutiveReportViewer");
    var again = claims(server.post(V2, ADA));
    assertThat(again.getStringClaim("oid")).isEqualTo(claims.getStringClaim("oid"));
    assertThat(again.getStringClaim("uti")).isNotEqualTo(claims.getStringClaim("uti"));
    var elsewhere = claims(server.post("/fabrikam/oauth2/token", ADA));
    assertThat(elsewhere.getStringClaim("oid")).isNotEqualTo(claims.getStringClaim("oid"));
  }

  @ParameterizedTest
  @CsvSource({
    "viewer, REPORT_VIEWER",
    "admin, REPORT_ADMIN",
    "6e3b5d2c-0000-4000-8000-000000000001, EXECUTIVE_REPORT_VIEWER",
    "Viewer, EXECUTIVE_REPORT_VIEWER"
  })
  void theClientIdDecidesTheRole(String client, Role role) {
    for (String path : new String[] {V1, V2}) {
      Caller caller = server.caller(server.post(path, with(ADA, "client_id", client)));
      assertThat(caller).isEqualTo(new Caller("contoso", client, Set.of(role)));
    }
  }

  @Test
  void aGuestIsKnownButHasNoRole() throws ParseException {
    Answer answer = server.post(V1, with(ADA, "client_id", "guest"));
    assertThat(claims(answer).getClaim("roles")).isNull();
    Caller guest = server.caller(answer);
    assertThatThrownBy(guest::requireRole).hasMessageStartingWith("Forbidden");
  }

  @Test
  void theTenantOfThePathIsLowerCased() {
    Answer answer = server.post("/Contoso.OnMICROSOFT.com/oauth2/token", ADA);
    assertThat(server.caller(answer).tenant()).isEqualTo("contoso.onmicrosoft.com");
  }

  @Test
  void aPasswordNamesThePersonButTheClientStaysTheUser() throws ParseException {
    Answer first = server.post(V1, ADA_BY_PASSWORD);
    assertThat(claims(first).getStringClaim("upn")).isEqualTo("u@c.com");
    assertThat(server.caller(first).user()).isEqualTo("ada");
    Answer second = server.post(V2, ADA_BY_PASSWORD);
    assertThat(claims(second).getStringClaim("preferred_username")).isEqualTo("u@c.com");
    assertThat(server.caller(second).user()).isEqualTo("ada");
  }

  @ParameterizedTest
  @ValueSource(strings = {V1, V2})
  void aRefreshTokenGivesAnotherTokenForTheSameResource(String path) throws ParseException {
    String parameter = path.equals(V1) ? "resource" : "scope";
    String resource = "https://management.azure.com";
    String asked = path.equals(V1) ? resource : resource + "/.default";
    Answer signedIn = server.post(path, with(ADA_BY_PASSWORD, parameter, asked));
    server.now.set(MONDAY.plus(Duration.ofDays(89)));
    Answer refreshed = server.post(path, refresh("ada", signedIn.text("refresh_token")));
    assertThat(claims(refreshed).getAudience()).containsExactly(resource);
    assertThat(server.caller(refreshed).user()).isEqualTo("ada");
    Answer other =
        server.post(
            V1,
            with(
                refresh("ada", refreshed.text("refresh_token")),
                "resource",
                "https://graph.microsoft.com"));
    assertThat(claims(other).getAudience()).containsExactly("https://graph.microsoft.com");
  }

  @Test
  void aRefreshTokenIsGoodForItsClientAndTenantForNinetyDays() {
    Answer signedIn = server.post(V1, ADA_BY_PASSWORD);
    String token = signedIn.text("refresh_token");
    denied(server.post(V1, refresh("grace", token)), 400, "invalid_grant", 70000);
    denied(
        server.post("/fabrikam/oauth2/token", refresh("ada", token)), 400, "invalid_grant", 70000);
    denied(server.post(V1, refresh("ada", "garbage")), 400, "invalid_grant", 70000);
    String access = signedIn.text("access_token");
    denied(server.post(V1, refresh("ada", access)), 400, "invalid_grant", 70000);
    server.now.set(MONDAY.plus(Duration.ofDays(90)));
    denied(server.post(V1, refresh("ada", token)), 400, "invalid_grant", 70000);
  }

  @Test
  void aRefreshTokenIsNoAccessToken() {
    String token = server.post(V1, ADA_BY_PASSWORD).text("refresh_token");
    assertThatThrownBy(() -> server.verifier.verify(token))
        .hasMessage("Unauthorized: the token is not an access token");
  }

  @Test
  void credentialsMayComeByHttpBasic() {
    String pair =
        Base64.getEncoder().encodeToString("gr%61ce:a%3Ab".getBytes(StandardCharsets.UTF_8));
    Map<String, String> form = Map.of("grant_type", "client_credentials");
    Answer answer = server.post(V1, form, "Authorization", "basic " + pair);
    assertThat(server.caller(answer).user()).isEqualTo("grace");
    denied(server.post(V1, form, "Authorization", "Basic ?"), 400, "invalid_request", 900144);
    Answer named =
        server.post(V1, with(form, "client_id", "grace"), "Authorization", "Basic " + pair);
    assertThat(server.caller(named).user()).isEqualTo("grace");
    Answer other =
        server.post(V1, with(form, "client_id", "ada"), "Authorization", "Basic " + pair);
    denied(other, 401, "invalid_client", 7000218);
  }

  @Test
  void aTokenForAnotherResourceIsIssuedAndThenRefused() {
    Answer answer = server.post(V1, with(ADA, "resource", "https://example.com"));
    assertThat(answer.text("resource")).isEqualTo("https://example.com");
    assertThatThrownBy(() -> server.caller(answer))
        .hasMessage("Unauthorized: the token was issued for another audience");
  }

  @Test
  void aTokenLastsAnHourAndARestartOnAnotherPort() {
    String token = server.post(V1, ADA).text("access_token");
    try (TokenServer restarted = new TokenServer(keys)) {
      assertThat(restarted.baseUrl()).isNotEqualTo(server.baseUrl());
      assertThat(restarted.verifier.verify(token).user()).isEqualTo("ada");
    }
    server.now.set(MONDAY.plus(Duration.ofMinutes(61)));
    assertThatThrownBy(() -> server.verifier.verify(token)).hasMessageContaining("expired");
  }

  @Test
  void theTokenOfAStandInWithAnotherKeyIsRefused(@TempDir Path otherKeys) {
    try (TokenServer other = new TokenServer(otherKeys)) {
      String token = other.post(V1, ADA).text("access_token");
      assertThatThrownBy(() -> server.verifier.verify(token))
          .hasMessage("Unauthorized: the token is signed with a key that is not known");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/contoso/.well-known/openid-configuration, /contoso/, /contoso/oauth2/token",
    "/contoso/v2.0/.well-known/openid-configuration, /contoso/v2.0, /contoso/oauth2/v2.0/token"
  })
  void discoveryLeadsToTheKeyThatVerifiesTheToken(String path, String issuer, String token)
      throws ParseException, JOSEException {
    Answer discovered = server.get(path);
    assertThat(discovered.status()).isEqualTo(200);
    assertThat(discovered.text("issuer")).isEqualTo(server.baseUrl() + issuer);
    assertThat(discovered.text("token_endpoint")).isEqualTo(server.baseUrl() + token);
    SignedJWT jwt = SignedJWT.parse(server.post(token, ADA).text("access_token"));
    assertThat(jwt.getJWTClaimsSet().getIssuer()).isEqualTo(discovered.text("issuer"));
    String keysPath = discovered.text("jwks_uri").substring(server.baseUrl().length());
    JWKSet published = JWKSet.parse(server.get(keysPath).response().body());
    var key = published.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey();
    assertThat(key.isPrivate()).isFalse();
    assertThat(jwt.verify(new RSASSAVerifier(key))).isTrue();
  }

  @Test
  void whatIsMissingIsNamed() {
    missing("grant_type", server.post(V1, ""));
    missing("grant_type", server.post(V2, "{\"grant_type\":\"password\"}"));
    missing("client_id", server.post(V1, without(ADA, "client_id")));
    missing("username", server.post(V1, without(ADA_BY_PASSWORD, "username")));
    missing("password", server.post(V2, without(ADA_BY_PASSWORD, "password")));
    missing("refresh_token", server.post(V1, refresh("ada", "")));
  }

  @Test
  void clientCredentialsNeedASecretOrAnAssertion() {
    Answer answer = server.post(V1, without(ADA, "client_secret"));
    denied(answer, 401, "invalid_client", 7000218);
    assertThat(answer.response().headers().firstValue("WWW-Authenticate")).isPresent();
    Answer asserted = server.post(V1, with(without(ADA, "client_secret"), "client_assertion", "x"));
    assertThat(asserted.status()).isEqualTo(200);
  }

  @Test
  void anotherGrantIsNotSupported() {
    Answer answer = server.post(V1, with(ADA, "grant_type", "device_code"));
    denied(answer, 400, "unsupported_grant_type", 70003);
  }

  @Test
  void whatIsNoFormIsRefused() {
    denied(server.post(V1, "grant_type=%"), 400, "invalid_request", 9002313);
    denied(server.post(V1, "client_id=a&client_id=b"), 400, "invalid_request", 9002313);
    denied(server.post(V1, "a=" + "x".repeat(200_000)), 413, "invalid_request", 9002313);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a%20b", "/a%22b", "/-", "/%C4%B0"})
  void whatCannotBeATenantIsRefused(String tenant) {
    denied(server.post(tenant + "/oauth2/token", ADA), 400, "invalid_request", 900023);
    denied(
        server.get(tenant + "/.well-known/openid-configuration"), 400, "invalid_request", 900023);
  }

  @Test
  void anErrorCarriesTheClientsCorrelationId() {
    Answer answer = server.post(V1, "", "client-request-id", "0f0e");
    assertThat(answer.text("correlation_id")).isEqualTo("0f0e");
    assertThat(answer.text("timestamp")).isEqualTo("2026-01-05 06:00:00Z");
    assertThat(answer.text("trace_id")).hasSize(36);
  }

  private static void missing(String parameter, Answer answer) {
    denied(answer, 400, "invalid_request", 900144);
    assertThat(answer.text("error_description")).contains("'" + parameter + "'");
  }

  private static void denied(Answer answer, int status, String error, long number) {
    assertThat(answer.json()).containsEntry("error", error);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text("error_codes")).isEqualTo("[" + number + "]");
    assertThat(answer.text("error_description")).startsWith("AADSTS" + number + ": ");
  }

  private static JWTClaimsSet claims(Answer answer) throws ParseException {
    return SignedJWT.parse(answer.text("access_token")).getJWTClaimsSet();
  }

  private static Map<String, String> refresh(String client, String token) {
    return Map.of("grant_type", "refresh_token", "client_id", client, "refresh_token", token);
  }

  private static Map<String, String> with(Map<String, String> form, String name, String value) {
    Map<String, String> changed = new HashMap<>(form);
    changed.put(name, value);
    return changed;
  }

  private static Map<String, String> without(Map<String, String> form, String name) {
    return with(form, name, "");
  }
}
