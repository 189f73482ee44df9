package dev.reprise.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.reprise.server.world.Browser;
import org.junit.jupiter.api.Test;

/// The page that shows the contract, in a browser.
class ContractPageTest {
  private final World world = World.shared();

  @Test
  void thePageShowsEveryCallAndMakesThem() {
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      page.navigate(world.baseUrl() + "/insights/v1.1/cmp/swagger/index.html#/Reports/getReports");
      assertThat(page.locator(".opblock")).hasCount(14);
      assertThat(page.locator("[data-path='/ScheduledReport/pause/{reportId}']")).hasCount(1);
      assertThat(page.locator(".errors-wrapper")).hasCount(0);
      assertThat(browser.faults()).isEmpty();

      Locator call = page.locator("#operations-Reports-getReports");
      page.locator("button.authorize").first().click();
      page.locator(".auth-container input").first().fill(world.as("ada-page").token());
      page.locator(".auth-container button[type=submit]").first().click();
      page.locator(".close-modal").click();
      call.locator("button.execute").click();
      assertThat(call.locator(".live-responses-table .response .response-col_status"))
          .containsText("200");
      assertThat(call.locator(".live-responses-table"))
          .containsText("Reports fetched successfully");
      assertThat(browser.faults()).isEmpty();
      assertThat(browser.requests())
          .allMatch(url -> url.startsWith(world.baseUrl()) || url.startsWith("data:"));
    }
  }
}
