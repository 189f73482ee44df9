package dev.reprise.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Browser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the page of a report asks the service for, and what it leaves be.
class ConsoleReportTest {
  private static final String SLOTS = "/slots?from=";

  /// Writes down which requests their page has aborted.
  private static final String WATCH =
      """
      const givenUp = [], fetched = window.fetch;
      window.givenUp = givenUp;
      window.fetch = (url, how) => fetched(url, how).catch(error => {
        if (error.name === 'AbortError') givenUp.push(String(url));
        throw error;
      });
      """;

  @TempDir private Path data;

  private Browser browser;
  private World world;
  private Page page;
  private Api ada;
  private String report = "";

  @BeforeEach
  void open() {
    browser = Browser.open();
    world = World.in(data);
    ada = world.as("ada");
    String query = ada.query("SELECT OfferName FROM ISVOrder LIMIT 3 TIMESPAN LIFETIME");
    String from = "\"StartTime\":\"" + world.in(4) + "\",\"RecurrenceInterval\":24";
    report = ada.report(query, from);
    page = browser.page();
    page.navigate(world.baseUrl() + "/console/");
    page.locator("main button").click();
    assertThat(page.locator(".reports tbody tr")).hasCount(1);
  }

  @AfterEach
  void close() {
    List<String> faults = browser.faults();
    world.close();
    browser.close();
    assertThat(faults).isEmpty();
  }

  @Test
  void ofTheHistoryOnlyWhatIsNewIsRead() {
    page.locator(".reports td a").click();
    page.locator("main nav a", new Page.LocatorOptions().setHasText("History")).click();
    assertThat(page.locator("[aria-label=History] tbody tr")).hasCount(1);
    page.waitForRequest(
        request -> request.url().endsWith("/history?skip=1"),
        () -> ada.put("/ScheduledReport/pause/" + report, "{\"reason\":\"Month end\"}"));
    assertThat(page.locator("[aria-label=History] tbody tr")).hasCount(2);
    assertThat(page.locator("[aria-label=History] tbody tr").first()).containsText("Month end");
  }

  @Test
  void whatAPageThatWasLeftAskedForIsGivenUp() {
    page.addInitScript(WATCH);
    page.reload();
    page.route("**/reprise/v1/**/slots*", route -> {}); // Never answered.
    page.waitForRequest(
        request -> request.url().contains(SLOTS), () -> page.locator(".reports td a").click());
    assertThat(isGivenUp()).isFalse();
    page.locator("nav a", new Page.LocatorOptions().setHasText("System")).click();
    page.waitForCondition(this::isGivenUp);
    assertThat(page.locator("main h1")).hasText("System");
    assertThat(page.locator("main [role=alert]")).hasCount(0);
  }

  private boolean isGivenUp() {
    return (boolean) page.evaluate("given => givenUp.some(url => url.includes(given))", SLOTS);
  }
}
