package dev.reprise.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Browser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an issuer's tokens say in the console. The issuer is made of answers in the browser.
class ConsoleSignInTest {
  private static final long YEAR_3000 = 32_503_680_000L;

  @TempDir private Path data;

  private Browser browser;
  private World world;
  private Page page;
  private String nonce = "";
  private long expires = YEAR_3000;

  @BeforeEach
  void open() {
    browser = Browser.open();
    world = World.in(data);
    page = browser.page();
    page.route(Pattern.compile("/console/(#.*)?$"), this::setIssuer);
    page.route("**/issuer/.well-known/openid-configuration", route -> json(route, discovery()));
    page.route("**/issuer/authorize*", this::sendBack);
    page.route("**/issuer/token", route -> json(route, tokens()));
    page.navigate(world.baseUrl() + "/console/");
  }

  @AfterEach
  void close() {
    world.close();
    browser.close();
  }

  @Test
  void whoSignsInIsNoClientAndHasNoRoleThatThePageGuesses() {
    page.locator("main button").click();
    assertThat(page.locator(".who strong")).hasText("subject-7");
    assertThat(page.locator(".who .sub")).hasText("");
  }

  @Test
  void anAnswerThatHasExpiredSignsNobodyIn() {
    expires = 1_000_000_000;
    page.locator("main button").click();
    assertThat(page.locator(".sign-in [role=alert]")).containsText("has expired");
    assertThat(page.locator(".who")).hasCount(0);
  }

  private String issuer() {
    return world.baseUrl() + "/issuer";
  }

  private void setIssuer(Route route) {
    String set =
        Api.anonymous(world.baseUrl())
            .send("GET", "/console/", "", List.of())
            .body()
            .replace("stand-in\" content=\"true", "stand-in\" content=\"false")
            .replace("issuer\" content=\"", "issuer\" content=\"" + issuer())
            .replace("client\" content=\"", "client\" content=\"console");
    route.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody(set));
  }

  /// Not as a redirect: where one leads would not be answered here.
  private void sendBack(Route route) {
    nonce = asked(route, "nonce");
    String to = world.baseUrl() + "/console/#code=c&state=" + asked(route, "state");
    String refresh = "<meta http-equiv=\"refresh\" content=\"0;url=" + to + "\">";
    route.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody(refresh));
  }

  private static String asked(Route route, String name) {
    Matcher found = Pattern.compile("[?&]" + name + "=([^&]+)").matcher(route.request().url());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private String discovery() {
    return """
    {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token"}
    """
        .formatted(issuer());
  }

  private String tokens() {
    String shown =
        """
        {"sub":"subject-7","azp":"console","appid":"console","roles":["ReportAdmin"],
         "iss":"%s","aud":"console","nonce":"%s","exp":%d}
        """
            .formatted(issuer(), nonce, expires);
    String part = Base64.getUrlEncoder().encodeToString(shown.getBytes(StandardCharsets.UTF_8));
    return "{\"access_token\":\"x.%1$s.x\",\"id_token\":\"x.%1$s.x\"}".formatted(part);
  }

  private static void json(Route route, String body) {
    route.fulfill(new Route.FulfillOptions().setContentType("application/json").setBody(body));
  }
}
