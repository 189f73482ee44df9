import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Opens the console again and again in a Chromium that has nothing of it yet, as a user who signed in before,
/// and measures from the address until something is drawn, and until the list of reports is.
final class FirstPage {
  private static final int WARM_UP = 5;
  private static final int ROUNDS = 25;
  private static final int GOAL_MILLIS = 300;
  private static final int GOAL_KILOBYTES = 300;

  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /// Says who signed in before, and writes down when the first row stands in the page and is about to be drawn.
  private static final String WATCH =
      """
      sessionStorage.setItem('reprise.who', JSON.stringify({client: 'ada', tenant: 'contoso'}));
      new MutationObserver((changes, watcher) => {
        if (!document.querySelector('.reports tbody tr:not(.pad)')) return;
        watcher.disconnect();
        requestAnimationFrame(() => setTimeout(() => { window.listed = performance.now(); }));
      }).observe(document, {childList: true, subtree: true});
      """;

  private static final String PAINTED =
      "() => performance.getEntriesByName('first-contentful-paint')[0].startTime";

  private static final String FETCHED =
      "() => performance.getEntries().filter(entry => entry.transferSize && entry.startTime < window.listed)"
          + ".reduce((sum, entry) => sum + entry.transferSize, 0) / 1000";

  private FirstPage() {}

  /// @param arguments the address of the console, and the browser
  public static void main(String[] arguments) {
    var options = new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
    List<Double> painted = new ArrayList<>();
    List<Double> listed = new ArrayList<>();
    List<Double> fetched = new ArrayList<>();
    try (Playwright playwright = Playwright.create(options)) {
      Browser browser =
          playwright
              .chromium()
              .launch(new BrowserType.LaunchOptions().setExecutablePath(Path.of(arguments[1])).setArgs(FLAGS));
      for (int i = 0; i < WARM_UP + ROUNDS; i++) {
        try (BrowserContext context = browser.newContext()) {
          context.addInitScript(WATCH);
          Page page = context.newPage();
          page.navigate(arguments[0].replace("console/", "health")); // The browser's processes have started then.
          page.navigate(arguments[0]);
          page.waitForFunction("() => window.listed");
          if (i >= WARM_UP) {
            painted.add(number(page, PAINTED));
            listed.add(number(page, "() => window.listed"));
            fetched.add(number(page, FETCHED));
          }
        }
      }
    }
    line("something is drawn, median of " + ROUNDS, median(painted), "ms", GOAL_MILLIS, painted);
    line("the list of reports is drawn, median", median(listed), "ms", GOAL_MILLIS, listed);
    line("fetched until then, packed", median(fetched), "KB", GOAL_KILOBYTES, fetched);
  }

  private static double number(Page page, String script) {
    return ((Number) page.evaluate(script)).doubleValue();
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static void line(String what, double value, String unit, int goal, List<Double> all) {
    System.out.printf(
        Locale.ROOT,
        "  %-44s %7.0f %-3s  goal %6d %-3s %-6s  best %.0f, worst %.0f%n",
        what,
        value,
        unit,
        goal,
        unit,
        value < goal ? "met" : "MISSED",
        Collections.min(all),
        Collections.max(all));
  }
}
