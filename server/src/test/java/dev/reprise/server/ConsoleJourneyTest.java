package dev.reprise.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.reprise.server.world.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// All that somebody does with the console, from the first sign-in to a file in hand, by nothing
/// but the console. A picture of each step is kept in `target/console`.
class ConsoleJourneyTest {
  private static final Path PICTURES = Path.of("target", "console");

  @TempDir private Path data;

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void fromAQueryWithAMistakeToAFileWithItsHash(ColorScheme colours) throws Exception {
    try (Browser browser = Browser.open();
        var world = World.in(data)) {
      Page page = browser.page();
      if (colours == ColorScheme.DARK) { // It is light anyway, and no word for Turkish drivers.
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
      }
      var ada = new Ada(page, colours.name().toLowerCase(Locale.ROOT));
      page.navigate(world.baseUrl() + "/console/");
      ada.press("Sign in");
      ada.writesAQueryAndMendsIt();
      ada.schedulesIt();
      ada.pausesIt();
      ada.movesTheClock("+7 days");
      ada.resumesWithThePlan();
      ada.movesTheClock("+1 day");
      ada.downloadsAndChecks();
      assertThat(browser.faults()).isEmpty();
      assertThat(browser.requests())
          .allMatch(url -> url.startsWith(world.baseUrl()) || url.startsWith("data:"));
    }
  }

  /// What she does, one step after the other.
  private static final class Ada {
    private final Page page;
    private final String scheme;
    private int step;

    Ada(Page page, String scheme) {
      this.page = page;
      this.scheme = scheme;
    }

    void writesAQueryAndMendsIt() {
      press("Reports", "nav a");
      page.keyboard().press("g");
      page.keyboard().press("q");
      page.locator(".cm-content").click();
      page.keyboard().insertText("SELECT OrderId, OfferNam FROM ISVOrder TIMESPAN LIFETIME");
      assertThat(page.locator(".cm-lintRange-error")).hasText("OfferNam");
      keep("mistake");
      press("Write OfferName");
      assertThat(page.locator(".problems")).hasCount(0);
      page.keyboard().press("Control+Enter");
      assertThat(page.locator(".rows tbody tr").first()).isVisible();
      keep("rows");
    }

    void schedulesIt() {
      press("Schedule as a report");
      page.locator("dialog input[name=Name]").fill("Orders of all time");
      press("Save", "dialog button");
      page.locator("input[name=ReportName]").fill("Orders");
      press("Create the report");
      assertThat(page.locator("main h1")).containsText("Orders");
      keep("scheduled");
    }

    void pausesIt() {
      press("Pause");
      page.locator("input[name=reason]").fill("Month end");
      press("Pause", "dialog button.main");
      assertThat(page.locator("main .note")).containsText("by ada: Month end");
    }

    void movesTheClock(String by) {
      press("Clock", "nav a");
      press(by);
      assertThat(page.locator(".clock [role=status]")).containsText("ran");
      keep("clock");
      press("Reports", "nav a");
      press("Orders", ".reports td a");
    }

    void resumesWithThePlan() {
      press("Resume");
      assertThat(page.locator("dialog")).containsText("7 slots missed");
      press("All", "dialog .pick");
      assertThat(page.locator("dialog .outlook li").first()).isVisible();
      keep("plan");
      press("Resume", "dialog form button.main");
      assertThat(page.locator(".news")).containsText("7 missed slots will run");
    }

    void downloadsAndChecks() throws Exception {
      Locator row =
          page.locator(".ledger tbody tr", new Page.LocatorOptions().setHasText("Completed"))
              .first();
      row.locator("button[aria-expanded]").click();
      String proof = page.locator(".ledger dl .long dd").first().textContent().strip();
      Download file = page.waitForDownload(() -> row.locator("button").first().click());
      byte[] bytes = Files.readAllBytes(file.path());
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      assertThat(HexFormat.of().formatHex(hash)).isEqualTo(proof);
      press("Fetch the file and check its hash");
      assertThat(page.locator(".ledger .more")).containsText("as recorded");
      keep("file");
    }

    void press(String name) {
      press(name, "main button");
    }

    void press(String name, String among) {
      page.locator(among, new Page.LocatorOptions().setHasText(name)).first().click();
    }

    private void keep(String what) {
      String name = "journey-%s-%d-%s.png".formatted(scheme, ++step, what);
      page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name)));
    }
  }
}
