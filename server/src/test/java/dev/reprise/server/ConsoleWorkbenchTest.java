package dev.reprise.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.reprise.server.world.Browser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Queries written in the console, in a browser.
class ConsoleWorkbenchTest {
  private static final String SELECTED =
      "String(document.querySelector('.editor-place > div').shadowRoot.getSelection())";

  @TempDir private Path data;

  private Browser browser;
  private World world;
  private Page page;

  @BeforeEach
  void open() {
    browser = Browser.open();
    world = World.in(data);
    page = browser.page();
    page.navigate(world.baseUrl() + "/console/");
    button("Sign in").click();
    assertThat(heading()).hasText("Reports");
    page.keyboard().press("g");
    page.keyboard().press("q");
    assertThat(editor()).isVisible();
  }

  /// Nothing went wrong in the browser, and nothing was fetched from elsewhere.
  @AfterEach
  void close() {
    List<String> faults = browser.faults();
    List<String> requests = browser.requests();
    String service = world.baseUrl();
    world.close();
    browser.close();
    assertThat(faults).isEmpty();
    assertThat(requests).allMatch(url -> url.startsWith(service) || url.startsWith("data:"));
  }

  @Test
  void aQueryIsWrittenMendedTriedSavedAndScheduled() {
    write("SELECT OrderId, OfferNam FROM ISVOrder LIMIT 3 TIMESPAN LIFETIME");
    assertThat(page.locator(".cm-lintRange-error")).hasText("OfferNam");
    assertThat(page.locator(".problems")).containsText("'OfferNam' is not a column");
    button("Write OfferName").click();
    assertThat(page.locator(".problems")).hasCount(0);
    page.keyboard().press("Control+Enter");
    assertThat(page.locator(".rows tbody tr")).hasCount(3);
    button("Schedule as a report").click();
    page.locator("dialog input[name=Name]").fill("Orders of all time");
    dialogButton("Save").click();
    assertThat(page.locator("select[name=QueryId] option:checked"))
        .containsText("Orders of all time");
    page.locator("input[name=ReportName]").fill("Weekly");
    button("Create the report").click();
    assertThat(heading()).containsText("Weekly");
    page.locator("nav a", named("Query")).click();
    assertThat(page.locator("pre")).containsText("OfferName");
  }

  @Test
  void theEditorOffersWhatMayStandThereAndTabLeavesIt() {
    editor().click();
    Locator offered = page.locator(".cm-tooltip-autocomplete li[aria-selected]");
    String[][] parts = {
      {"sel", "SELECT"},
      {"OrderSt", "OrderStatus"},
      {" fr", "FROM"},
      {"ISVO", "ISVOrder"},
      {" times", "TIMESPAN"},
      {"last_mo", "LAST_MONTH"}
    };
    for (String[] part : parts) {
      page.keyboard().type(part[0]);
      assertThat(offered).containsText(part[1]);
      page.keyboard().press("Enter");
      assertThat(page.locator(".cm-tooltip-autocomplete")).hasCount(0);
    }
    assertThat(editor()).containsText("SELECT OrderStatus FROM ISVOrder TIMESPAN LAST_MONTH");
    assertThat(page.locator(".problems")).hasCount(0);
    page.keyboard().press("Tab");
    assertThat(button("Run")).isFocused();
  }

  @Test
  void aQueryWithAFaultIsNotRunAndItsPlaceIsSelected() {
    write("SELECT OfferName FORM ISVOrder");
    button("Run").click();
    assertThat(page.locator(".problems li").first()).containsText("(1:18)");
    assertThat(editor()).isFocused();
    assertThat((String) page.evaluate(SELECTED)).isEqualTo("FORM");
    assertThat(browser.requests()).noneMatch(url -> url.contains("testQueryResult"));
    write("SELECT OfferName, OrderQuantity FROM ISVOrder LIMIT 5 TIMESPAN LIFETIME");
    button("Run").click();
    button("Chart").click();
    assertThat(page.locator(".bars rect")).hasCount(5);
  }

  @Test
  void whatIsLessThanNothingIsDrawnBeyondALineAtNothing() {
    page.route(
        "**/testQueryResult*",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(
                        """
                        {"Value":[{"Date":"2026-01-01","Offer":"A","Change":30},
                         {"Date":"2026-01-02","Offer":"A","Change":-10}],"TotalCount":2}
                        """)));
    write("SELECT OfferName FROM ISVOrder TIMESPAN LIFETIME");
    button("Run").click();
    button("Chart").click();
    assertThat(page.locator(".chart .line")).hasAttribute("d", "M0.0 4.0L300.0 80.0");
    assertThat(page.locator(".chart .zero")).hasAttribute("d", "M0 61.0H300");
    assertThat(page.locator(".chart")).containsText("-10 to 30");
    page.locator("[aria-label='First rows'] select").first().selectOption("Offer");
    assertThat(page.locator(".bars .zero").first()).hasAttribute("d", "M25 0V10");
    Locator less = page.locator(".bars rect").last();
    assertThat(less).hasAttribute("x", "0");
    assertThat(less).hasAttribute("width", "25");
  }

  private Locator editor() {
    return page.locator(".cm-content");
  }

  private void write(String text) {
    editor().click();
    page.keyboard().press("Control+A");
    page.keyboard().insertText(text);
  }

  private Locator heading() {
    return page.locator("main h1");
  }

  private Locator button(String name) {
    return page.locator("main button", named(name)).first();
  }

  private Locator dialogButton(String name) {
    return page.locator("dialog form button", named(name)).last();
  }

  private static Page.LocatorOptions named(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
