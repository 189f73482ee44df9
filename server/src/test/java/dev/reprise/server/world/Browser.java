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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// A page in a headless Chromium, which writes down everything that goes wrong in it. All share one
/// Chromium, which takes a while to start; of cookies, cache and storage each has its own.
///
/// - Limits: one at a time. The Chromium ends with the process of the tests; after a test that did
///   not close its page, such as one that ran out of time, the next has a new one. Takes the one of
///   the machine, or the one that `CHROMIUM` names. Without one the test is not run; where `CI` is
///   set, it fails.
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

  private static com.microsoft.playwright.@Nullable Browser chromium;
  private static boolean inUse;

  private final BrowserContext context;
  private final Page page;
  private final List<String> faults = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  private Browser(Path program) {
    context = chromium(program).newContext();
    page = context.newPage();
    page.onPageError(faults::add);
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") || message.type().equals("warning")) {
        faults.add(message.text());
      }
    });
    page.onRequest(request -> requests.add(request.url()));
  }

  private static com.microsoft.playwright.Browser chromium(Path program) {
    com.microsoft.playwright.Browser started = chromium;
    if (started == null || inUse || !started.isConnected()) {
      started =
          Playwright.create(
                  new Playwright.CreateOptions()
                      .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))
              .chromium()
              .launch(new BrowserType.LaunchOptions().setExecutablePath(program).setArgs(FLAGS));
      chromium = started;
    }
    inUse = true;
    return started;
  }

  /// Opens one that is of nobody else.
  public static Browser open() {
    Path program = Optional.ofNullable(System.getenv("CHROMIUM")).map(Path::of).orElse(INSTALLED);
    boolean there = Files.isExecutable(program);
    if (!there && System.getenv("CI") != null) {
      throw new AssertionError("CI has no browser at " + program);
    }
    Assumptions.assumeTrue(there, "no browser: install chromium, or name one with CHROMIUM");
    return new Browser(program);
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
    context.close();
    inUse = false;
  }
}
