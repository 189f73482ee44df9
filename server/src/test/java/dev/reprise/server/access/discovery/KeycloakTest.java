package dev.reprise.server.access.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.nimbusds.jwt.SignedJWT;
import dev.reprise.server.access.Caller;
import dev.reprise.server.access.Role;
import dev.reprise.server.access.RoleWords;
import dev.reprise.server.access.TokenRules;
import dev.reprise.server.access.TokenVerifier;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Browser;
import dev.reprise.server.world.Program;
import dev.reprise.server.world.Reply;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens of an issuer that others wrote. Its time is the real one, so what is now is read from the
/// tokens.
class KeycloakTest {
  private static final Map<String, Role> WORDS =
      Map.of("ReportViewer", Role.REPORT_VIEWER, "report-admins", Role.REPORT_ADMIN);

  private static Keycloak keycloak;

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

  @BeforeAll
  static void start() throws Exception {
    keycloak = Keycloak.start();
  }

  @AfterAll
  static void stop() {
    keycloak.close();
  }

  private Issuers issuers(String address) {
    return new Issuers(
        List.of(IssuerAddress.parse(address)),
        Set.of(),
        new RoleWords("realm_access.roles", WORDS),
        now::get);
  }

  private TokenVerifier verifier(Issuers issuers) {
    var rules =
        new TokenRules(Set.of("api://reprise"), Duration.ZERO, TokenRules.DEFAULT.algorithms());
    return new TokenVerifier(issuers.trusted(), rules, now::get);
  }

  /// All tokens are given out to one client.
  private static Caller caller(String token, Set<Role> roles) throws ParseException {
    return new Caller("contoso", subject(token), roles, Optional.of("application reports"));
  }

  @Test
  void clientsAndPeopleAreToldApartByTheirSubjects() throws Exception {
    String client = keycloak.clientToken();
    String grace = accessToken("grace");
    String linus = accessToken("linus");
    now.set(issued(linus));
    try (var issuers = issuers("contoso=" + keycloak.issuer())) {
      TokenVerifier verifier = verifier(issuers);
      assertThat(verifier.verify(client)).isEqualTo(caller(client, Set.of(Role.REPORT_ADMIN)));
      assertThat(verifier.verify(grace)).isEqualTo(caller(grace, Set.of(Role.REPORT_VIEWER)));
      assertThat(verifier.verify(linus)).isEqualTo(caller(linus, Set.of()));
      assertThat(Set.of(subject(client), subject(grace), subject(linus))).hasSize(3);
      now.set(expires(grace));
      assertThatThrownBy(() -> verifier.verify(grace)).hasMessageContaining("has expired");
    }
  }

  @Test
  void onlyAccessTokensMadeForUsAreAccepted() throws Exception {
    Map<String, Object> signedIn = keycloak.signIn("grace");
    String elsewhere = keycloak.tokenForSomethingElse();
    now.set(issued(elsewhere));
    try (var issuers = issuers(keycloak.issuer() + "/")) {
      TokenVerifier verifier = verifier(issuers);
      assertThat(verifier.verify(String.valueOf(signedIn.get("access_token"))).tenant())
          .isEqualTo(keycloak.issuer().substring("http://".length()));
      assertThatThrownBy(() -> verifier.verify(elsewhere))
          .hasMessageContaining("was issued for another audience");
      assertThatThrownBy(() -> verifier.verify(String.valueOf(signedIn.get("id_token"))))
          .hasMessageContaining("was issued for another audience");
      assertThatThrownBy(() -> verifier.verify(String.valueOf(signedIn.get("refresh_token"))))
          .hasMessageContaining("is not signed with RS256");
    }
  }

  @Test
  void itsKeysMayBeReplacedWhileTheServiceRuns() throws Exception {
    String old = keycloak.clientToken();
    now.set(issued(old));
    try (var issuers = issuers(keycloak.issuer())) {
      TokenVerifier verifier = verifier(issuers);
      assertThat(verifier.verify(old).user()).isEqualTo(subject(old));
      keycloak.replaceKeys();
      String rolled = keycloak.clientToken();
      now.updateAndGet(instant -> instant.plus(IssuerKeys.INTERVAL));
      assertThat(verifier.verify(rolled).user()).isEqualTo(subject(old));
      assertThatThrownBy(() -> verifier.verify(old))
          .hasMessageContaining("signed with a key that is not known");
    }
  }

  @Test
  void theProgramLetsInWhomKeycloakSentAndGivesOutNoTokensItself(@TempDir Path folder)
      throws Exception {
    try (var program =
        Program.serve(
            folder,
            "--sample-rows",
            "1",
            "--set",
            "access.issuers=contoso=" + keycloak.issuer(),
            "--set",
            "access.audiences=api://reprise",
            "--set",
            "access.roles-claim=realm_access.roles",
            "--set",
            "access.role-names=report-admins=ReportAdmin, ReportViewer=ReportViewer")) {
      Api anonymous = Api.anonymous(program.baseUrl());
      String token = keycloak.clientToken();
      Reply query =
          anonymous.withToken(Optional.of(token)).createQuery("SELECT OrderId FROM ISVOrder");
      assertThat(query.status()).as(query.body()).isEqualTo(200);
      assertThat(query.text("User")).isEqualTo(subject(token));
      Api linus = anonymous.withToken(Optional.of(accessToken("linus")));
      assertThat(linus.get("/ScheduledQueries").status()).isEqualTo(403);
      Api elsewhere = anonymous.withToken(Optional.of(keycloak.tokenForSomethingElse()));
      assertThat(elsewhere.get("/ScheduledQueries").status()).isEqualTo(401);
      assertThat(anonymous.send("POST", "/contoso/oauth2/token", "x=y", List.of()).status())
          .isEqualTo(404);
      assertThat(anonymous.send("GET", "/health/ready", "", List.of()).body())
          .isEqualTo(
              "{\"status\":\"UP\",\"issuers\":[{\"issuer\":\""
                  + keycloak.issuer()
                  + "\",\"status\":\"UP\"}]}");
    }
  }

  @Test
  void peopleSignInToTheConsoleWhereTheyAlwaysDo(@TempDir Path folder) throws Exception {
    try (var browser = Browser.open();
        var program =
            Program.serve(
                folder,
                "--sample-rows",
                "1",
                "--set",
                "access.issuers=contoso=" + keycloak.issuer(),
                "--set",
                "access.audiences=api://reprise",
                "--set",
                "access.roles-claim=realm_access.roles",
                "--set",
                "console.client-id=console")) {
      Page page = browser.page();
      String console = program.baseUrl() + "/console/";
      page.navigate(console + "#/datasets");
      signIn(page);
      PlaywrightAssertions.assertThat(page).hasURL(console + "#/datasets");
      PlaywrightAssertions.assertThat(page.locator("summary").first()).isVisible();
      PlaywrightAssertions.assertThat(page.locator(".who")).containsText("grace");
      assertThat((String) page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])"))
          .doesNotContain("eyJ");
      page.reload();
      PlaywrightAssertions.assertThat(page.locator("summary").first()).isVisible();
      page.locator("header button", new Page.LocatorOptions().setHasText("Sign out")).click();
      PlaywrightAssertions.assertThat(page.locator("main button")).hasText("Sign in");
      page.navigate(console + "?state=x&code=y");
      PlaywrightAssertions.assertThat(page.locator("[role=alert]"))
          .containsText("was not begun here");
      PlaywrightAssertions.assertThat(page).hasURL(console);
      assertThat(browser.requests())
          .filteredOn(url -> !url.startsWith(keycloak.host()) && !url.startsWith("data:"))
          .allMatch(url -> url.startsWith(program.baseUrl()))
          .noneMatch(url -> url.contains("eyJ"));
    }
  }

  private static void signIn(Page page) {
    page.locator("main button").click();
    page.locator("#username").fill("grace");
    page.locator("#password").fill("grace-password");
    page.locator("#kc-login").click();
  }

  private static String accessToken(String name) {
    return String.valueOf(keycloak.signIn(name).get("access_token"));
  }

  private static String subject(String token) throws ParseException {
    return SignedJWT.parse(token).getJWTClaimsSet().getSubject();
  }

  private static Instant issued(String token) throws ParseException {
    return SignedJWT.parse(token).getJWTClaimsSet().getIssueTime().toInstant();
  }

  private static Instant expires(String token) throws ParseException {
    return SignedJWT.parse(token).getJWTClaimsSet().getExpirationTime().toInstant();
  }
}
