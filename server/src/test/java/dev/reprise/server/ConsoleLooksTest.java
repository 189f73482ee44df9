package dev.reprise.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Browser;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How every page looks, to people and to axe: in light and dark, wide and narrow. The pictures are
/// kept in `target/console`.
class ConsoleLooksTest {
  private static final Path PICTURES = Path.of("target", "console");
  private static final int[] WIDTHS = {1440, 900, 360};

  @TempDir private Path data;

  @Test
  void everyPageIsAccessibleAndFits() throws Exception {
    World.prepare(data);
    drop("ISVUsage");
    try (Browser browser = Browser.open();
        var world = World.in(data)) {
      Page page = browser.page();
      var eyes = new Eyes(page, new ArrayList<>());
      eyes.wear(null);
      List<String> reports = lives(world);
      page.navigate(world.baseUrl() + "/console/");
      eyes.look("sign-in", "h1");
      page.locator("main button").click();
      assertThat(page.locator(".reports tbody tr")).hasCount(6);
      eyes.look("reports", ".reports tbody tr");
      page.keyboard().press("?");
      eyes.look("keys", "dialog[open] kbd");
      page.keyboard().press("Escape");
      eyes.visit("report", "#/report/" + reports.getFirst(), ".ledger tbody tr:nth-child(2) .mono");
      page.locator("main button.main").click();
      eyes.look("resume", "dialog[open] .outlook li");
      page.keyboard().press("Escape");
      page.locator(".ledger button[aria-expanded]").last().click();
      eyes.look("proof", ".ledger tr.more");
      eyes.visit("failures", "#/report/" + reports.get(1), ".ledger tr.more");
      for (String tab : List.of("query", "settings", "history")) {
        eyes.visit(tab, "#/report/" + reports.getFirst() + "?tab=" + tab, "main > .card");
      }
      eyes.visit("callbacks", "#/report/" + reports.get(3) + "?tab=callbacks", ".ledger tbody tr");
      page.locator(".ledger button[aria-expanded]").first().click();
      eyes.look("attempts", "table[aria-label=Attempts] td");
      eyes.visit("active", "#/report/" + reports.get(2), ".ledger .mono");
      page.locator("main button.main").click();
      eyes.look("pause", "dialog[open] form");
      page.keyboard().press("Escape");
      eyes.visit("new", "#/new", "select[name=QueryId]");
      eyes.visit("clock", "#/clock", ".halves a");
      eyes.visit("datasets", "#/datasets", "summary");
      page.locator("summary").first().click();
      eyes.look("dataset", "details[open]");
      lookAtTheWorkbench(eyes);
      eyes.visit("system", "#/system", ".chart svg");
      assertThat(eyes.faults()).isEmpty();
      assertThat(browser.faults()).isEmpty();
    }
  }

  private static void lookAtTheWorkbench(Eyes eyes) {
    eyes.visit("workbench", "#/workbench?dataset=ISVOrder", ".browser summary");
    eyes.write("SELECT OrderQuantity, OfferName FROM ISVOrder LIMIT 9 TIMESPAN LIFETIME");
    eyes.page.keyboard().press("Control+Enter");
    eyes.look("preview", ".rows td");
    eyes.page.locator("button[aria-pressed]").click();
    eyes.look("chart", ".bars rect");
    eyes.write(
        "SELECT Date, PageVisits FROM ISVMarketplaceInsights ORDER BY Date LIMIT 60"
            + " TIMESPAN LIFETIME");
    eyes.page.keyboard().press("Control+Enter");
    eyes.look("line", ".chart.wide .line");
    eyes.write(
        "SELECT OrderStatus, OfferNam\nFROM ISVOrder WHERE OrderQuantity > 3 AND OfferName = 'x'");
    eyes.look("problem", ".problems button");
    eyes.page.locator(".cm-content").click();
    eyes.page.keyboard().press("Control+End");
    eyes.page.keyboard().type(" AND Off");
    eyes.look("completion", ".cm-tooltip-autocomplete li");
  }

  /// Six reports: one paused after an earlier pause was merged, one that failed, one that is
  /// active, one whose receiver answers 503, others.
  private static List<String> lives(World world) {
    Api ada = world.as("ada");
    String start = world.in(4);
    String orders = ada.query("SELECT OfferName, OrderStatus FROM ISVOrder TIMESPAN LAST_3_MONTHS");
    String usage = ada.query("SELECT OfferName, NormalizedUsage FROM ISVUsage TIMESPAN LAST_MONTH");
    String paused = report(ada, start, "Orders: new and cancelled", orders, 6);
    String failing = report(ada, start, "Usage by SKU", usage, 24);
    String active = report(ada, start, "Customer churn watch", orders, 12);
    report(ada, start, "Marketplace revenue summary", orders, 168);
    report(ada, start, "Trial conversions", orders, 24);
    String told =
        ada.report(
            orders,
            "\"ExecuteNow\":true,\"CallbackUrl\":\"%s/reprise/v1/inbox?answer=503\""
                .formatted(world.baseUrl()));
    ada.advance("P3D");
    ada.put("/ScheduledReport/pause/" + paused, "{\"reason\":\"Grace checks the totals\"}");
    ada.put("/ScheduledReport/pause/" + active, "{\"reason\":\"Month end\"}");
    ada.advance("P1D");
    ada.put("/ScheduledReport/resume/" + paused + "?catchUp=merged");
    ada.put("/ScheduledReport/resume/" + active);
    ada.advance("P2D");
    ada.put("/ScheduledReport/pause/" + paused, "{\"reason\":\"The order feed is late\"}");
    ada.advance("P1D");
    return List.of(paused, failing, active, told);
  }

  private static String report(Api ada, String start, String name, String query, int hours) {
    return ada.post(
            "/ScheduledReport",
            "{\"ReportName\":\"%s\",\"QueryId\":\"%s\",\"StartTime\":\"%s\",\"RecurrenceInterval\":%d}"
                .formatted(name, query, start, hours))
        .text("ReportId");
  }

  private void drop(String dataset) throws Exception {
    String url = "jdbc:duckdb:" + data.resolve("datasets.duckdb");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("DROP TABLE \"" + dataset + "\"");
    }
  }

  /// Looks at pages, and notes what is wrong with them.
  private record Eyes(Page page, List<String> faults) {
    void visit(String name, String hash, String shows) {
      page.evaluate("hash => { location.hash = hash }", hash);
      look(name, shows);
    }

    /// Puts a text into the editor in one go, as who pastes it does.
    void write(String text) {
      page.locator(".cm-content").click();
      page.keyboard().press("Control+A");
      page.keyboard().insertText(text);
    }

    /// Looks at what is on the screen in every width and scheme.
    ///
    /// @param shows what is there once the page has all it shows
    void look(String name, String shows) {
      for (int width : WIDTHS) {
        page.setViewportSize(width, width == 360 ? 780 : 900);
        assertThat(page.locator(shows).first()).isVisible();
        check(name, "light", width);
        wear(ColorScheme.DARK);
        check(name, "dark", width);
        wear(null); // Which is light, and no word for Turkish drivers.
      }
      page.setViewportSize(WIDTHS[0], 900);
    }

    /// Colours move to the new ones unless motion is reduced.
    private void wear(@Nullable ColorScheme scheme) {
      page.emulateMedia(
          new Page.EmulateMediaOptions()
              .setColorScheme(scheme)
              .setReducedMotion(ReducedMotion.REDUCE));
    }

    private void check(String name, String scheme, int width) {
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(PICTURES.resolve("%s-%s-%d.png".formatted(name, scheme, width))));
      String where = "%s in %s, %d px wide".formatted(name, scheme, width);
      if ((int) page.evaluate("document.documentElement.scrollWidth") > width) {
        faults.add(where + ": wider than the screen");
      }
      for (Rule rule : new AxeBuilder(page).setLegacyMode(true).analyze().getViolations()) {
        rule.getNodes()
            .forEach(node -> faults.add(where + ": " + rule.getId() + " at " + node.getTarget()));
      }
    }
  }
}
