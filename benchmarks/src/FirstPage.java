import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// Opens the console again and again in a Chromium that has nothing of it yet, as a user who signed in before,
/// and measures from the address until something is drawn, and until the list of reports is.
final class FirstPage {
  private static final int WARM_UP = 5;
  private static final int ROUNDS = 25;
  private static final int REST_MILLIS = 1500;
  private static final int MOST_TRIES = 5;
  private static final int GOAL_MILLIS = 300;
  private static final int GOAL_KILOBYTES = 300;

  /// Says who signed in before, and writes down when the first row stands in the page and has been drawn.
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
      "performance.getEntriesByName('first-contentful-paint')[0].startTime";

  private static final String FETCHED =
      "performance.getEntries().filter(entry => entry.transferSize && entry.startTime < window.listed)"
          + ".reduce((sum, entry) => sum + entry.transferSize, 0) / 1000";

  private FirstPage() {}

  /// @param arguments the address of the console, the browser, and a folder for its profile
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<Double> painted = new ArrayList<>();
    List<Double> listed = new ArrayList<>();
    List<Double> fetched = new ArrayList<>();
    try (var chromium = new Chromium(Path.of(arguments[1]), Path.of(arguments[2]))) {
      for (int i = 0; i < WARM_UP + ROUNDS; i++) {
        // A context of its own has no cache, no cookies and no storage of the others.
        String context = Chromium.field(chromium.call("Target.createBrowserContext", "", ""), "browserContextId");
        String at = "\"url\":\"" + arguments[0].replace("console/", "health") + "\"";
        String page =
            Chromium.field(
                chromium.call("Target.createTarget", at + ",\"browserContextId\":\"" + context + "\"", ""), "targetId");
        String session =
            Chromium.field(
                chromium.call("Target.attachToTarget", "\"targetId\":\"" + page + "\",\"flatten\":true", ""), "sessionId");
        chromium.call("Page.enable", "", session);
        chromium.call("Page.addScriptToEvaluateOnNewDocument", "\"source\":" + text(WATCH), session);
        Thread.sleep(REST_MILLIS); // The browser's processes have started then.
        chromium.call("Page.navigate", "\"url\":\"" + arguments[0] + "\"", session);
        Thread.sleep(REST_MILLIS); // Asked before, the page would have answered instead of drawing.
        for (int tries = 0; number(chromium, session, "window.listed ?? 0") == 0; tries++) {
          if (tries == MOST_TRIES) {
            throw new IOException("No list was shown");
          }
          Thread.sleep(REST_MILLIS);
        }
        if (i >= WARM_UP) {
          painted.add(number(chromium, session, PAINTED));
          listed.add(number(chromium, session, "window.listed"));
          fetched.add(number(chromium, session, FETCHED));
        }
        chromium.call("Target.disposeBrowserContext", "\"browserContextId\":\"" + context + "\"", "");
      }
    }
    line("something is drawn, median of " + ROUNDS, "ms", GOAL_MILLIS, painted);
    line("the list of reports is drawn, median", "ms", GOAL_MILLIS, listed);
    line("fetched until then, packed", "KB", GOAL_KILOBYTES, fetched);
  }

  private static double number(Chromium chromium, String session, String script) {
    String answer = chromium.call("Runtime.evaluate", "\"expression\":" + text(script), session);
    return Double.parseDouble(Chromium.field(answer, "value"));
  }

  private static String text(String plain) {
    return "\"" + plain.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static void line(String what, String unit, int goal, List<Double> all) {
    double value = median(all);
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
