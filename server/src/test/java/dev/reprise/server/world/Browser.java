package dev.reprise.server.world;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/// A headless Chromium with one page, which writes down everything that goes wrong in it.
///
/// - Limits: takes the Chromium of the machine, or the one that `CHROMIUM` names. Without one the
///   test is not run; where `CI` is set, it fails.
public final class Browser implements AutoCloseable {
  private static final Path INSTALLED = Path.of("/usr/bin/chromium");
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Page page;
  private final List<String> faults = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  private Browser(Path chromium) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    BrowserContext context =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(chromium).setArgs(FLAGS))
            .newContext();
    page = context.newPage();
    page.onPageError(faults::add);
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") || message.type().equals("warning")) {
        faults.add(message.text());
      }
    });
    page.onRequest(request -> requests.add(request.url()));
  }

  /// Starts it.
  public static Browser open() {
    Path chromium = Optional.ofNullable(System.getenv("CHROMIUM")).map(Path::of).orElse(INSTALLED);
    boolean there = Files.isExecutable(chromium);
    if (!there && System.getenv("CI") != null) {
      throw new AssertionError("CI has no browser at " + chromium);
    }
    Assumptions.assumeTrue(there, "no browser: install chromium, or name one with CHROMIUM");
    return new Browser(chromium);
  }

  public Page page() {
    return page;
  }

  /// Errors and warnings of the console, and exceptions of scripts.
  public List<String> faults() {
    return List.copyOf(faults);
  }

  /// The address of each request.
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
