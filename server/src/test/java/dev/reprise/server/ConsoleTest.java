package dev.reprise.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.SelectOption;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole journeys through the console, in a browser.
class ConsoleTest {
  @TempDir private Path data;

  private Browser browser;
  private World world;
  private Page page;
  private Api ada;

  @BeforeEach
  void open() {
    browser = Browser.open();
    world = World.in(data);
    page = browser.page();
    ada = world.as("ada");
  }

  @AfterEach
  void close() {
    world.close();
    browser.close();
  }

  @Test
  void aReportIsPausedWithAReasonAndResumedWithThePlanInView() throws Exception {
    String report = report("Orders", 24);
    signIn("ada");
    assertThat(page.locator(".reports tbody a")).hasCount(1);
    page.keyboard().press("j");
    assertThat(page.locator(".reports tbody a").first()).isFocused();
    page.keyboard().press("Enter");
    assertThat(heading()).containsText("Orders");

    page.keyboard().press("p");
    page.locator("input[name=reason]").fill("Month end");
    dialogButton("Pause").click();
    assertThat(page.locator("main .note")).containsText("by ada: Month end");

    page.keyboard().press("g");
    page.keyboard().press("c");
    button("+7 days").click();
    assertThat(page.locator(".clock [role=status]")).containsText("0 executions ran");
    page.navigate(world.baseUrl() + "/console/#/report/" + report);
    button("Resume…").click();
    assertThat(page.locator("dialog")).containsText("7 slots missed");
    assertThat(choice("Skip")).containsText("7 skipped");
    assertThat(choice("All")).containsText("7 runs");
    choice("Merged").click();
    assertThat(page.locator(".outlook")).containsText("2026-01-11 10:00");
    dialogButton("Resume").click();
    assertThat(page.locator(".news")).containsText("1 missed slot will run");

    ada.advance("PT0S");
    Locator row = page.locator(".ledger tbody tr", named("Completed"));
    assertThat(row).hasCount(1);
    row.locator("button[aria-expanded]").click();
    String proof = page.locator(".ledger dl .long dd").first().textContent().strip();
    Download file = page.waitForDownload(() -> row.locator("button").first().click());
    assertThat(sha256(file.path())).isEqualTo(proof);
    button("Fetch the file and check its hash").click();
    assertThat(page.locator(".ledger .more")).containsText("as recorded");
    page.locator("nav[aria-label='Parts of the report'] a", named("History")).click();
    assertThat(page.locator("table[aria-label=History]")).containsText("Month end");
    assertQuiet();
  }

  @Test
  void aPlanThatIsOutOfDateIsNotCarriedOutAndTheNewOneIsShown() {
    String report = report("Orders", 24);
    ada.put("/ScheduledReport/pause/" + report);
    ada.advance("P2D");
    signIn("ada");
    page.keyboard().press("j");
    page.locator("button[aria-label='Resume Orders']").press("Enter");
    assertThat(page.locator("dialog")).containsText("2 slots missed");
    ada.advance("P1D");
    dialogButton("Resume").click();
    assertThat(page.locator("dialog [role=alert]")).containsText("The plan was out of date");
    assertThat(page.locator("dialog")).containsText("3 slots missed");
    assertThat(ada.get("/ScheduledReport?reportId=" + report).text("ReportStatus"))
        .isEqualTo("Paused");
    dialogButton("Resume").click();
    assertThat(page.locator(".reports tbody tr")).containsText("Active");
  }

  @Test
  void theCurrentReportStaysCurrentWhenOneBeforeItGoes() {
    String first = report("Alpha", 24);
    report("Beta", 24);
    signIn("ada");
    page.locator(".reports a", named("Beta")).focus();
    ada.delete("/ScheduledReport/" + first);
    assertThat(page.locator(".reports tbody tr")).hasCount(1);
    page.keyboard().press("p");
    assertThat(page.locator(".reports tbody tr")).containsText("Paused");
  }

  @Test
  void manyReportsArePausedUndoneAndDeletedEachWithWhatBecameOfIt() {
    report("Alpha", 24);
    report("Beta", 24);
    String gone = report("Gamma", 24);
    signIn("ada");
    page.locator("input[aria-label='Select all 3']").check();
    assertThat(page.locator("main")).containsText("3 selected");
    button("Pause…").click();
    page.locator("input[name=reason]").fill("All of them");
    ada.delete("/ScheduledReport/" + gone);
    dialogButton("Pause").click();
    assertThat(page.locator(".news")).containsText("2 paused, 1 refused");
    assertThat(page.locator(".news")).containsText("No item found");
    assertThat(page.locator(".reports tbody tr", named("Paused"))).hasCount(2);
    page.locator(".news button", named("Undo")).click();
    assertThat(page.locator(".reports tbody tr", named("Active"))).hasCount(2);
    page.locator("input[type=search]").fill("alp");
    assertThat(page.locator(".reports tbody tr")).hasCount(1);
    assertThat(page).hasURL(world.baseUrl() + "/console/#/reports?filter=alp");
    button("Delete…").click();
    dialogButton("Delete 1 report").click();
    assertThat(page.locator(".empty")).containsText("Nothing fits");
    page.locator(".empty a").click();
    assertThat(page.locator(".reports tbody tr")).hasCount(1);
    assertQuiet();
  }

  @Test
  void aReportIsMadeAndChanged() {
    ada.createQuery("SELECT OfferName FROM ISVOrder LIMIT 3");
    signIn("ada");
    page.keyboard().press("n");
    page.locator("input[name=ReportName]").fill("Weekly");
    page.locator("select[name=QueryId]").selectOption(new SelectOption().setLabel("Test"));
    page.locator("input[name=RecurrenceInterval]").fill("3");
    page.locator("form.report-form").evaluate("form => form.noValidate = true");
    button("Create the report").click();
    assertThat(page.locator("form .refused"))
        .containsText("Recurrence Interval must be between 4 and 2160");
    page.locator("input[name=RecurrenceInterval]").fill("168");
    button("Create the report").click();
    assertThat(heading()).containsText("Weekly");
    assertThat(page.locator("main")).containsText("every week");
    page.locator("nav a", named("Settings")).click();
    page.locator("input[name=ReportName]").fill("Monthly");
    page.locator("input[name=RecurrenceCount]").fill("6");
    button("Save").click();
    assertThat(heading()).containsText("Monthly");
    assertThat(page.locator(".facts")).containsText("6 in all");
  }

  @Test
  void theQueryOfAReportRunsAtOnceAsAReportOfItsOwn() {
    String report = report("Orders", 24);
    signIn("ada");
    page.navigate(world.baseUrl() + "/console/#/report/" + report);
    button("Run now…").click();
    dialogButton("Run").click();
    assertThat(heading()).containsText("Orders, once");
    ada.advance("PT0S");
    assertThat(page.locator(".ledger tbody tr")).containsText("Completed");
    assertQuiet();
  }

  @Test
  void whatTheReceiverWasToldIsSeenAndToldAgain() {
    String inbox = world.baseUrl() + "/reprise/v1/inbox?answer=503";
    String report =
        ada.report(
            ada.query("SELECT OfferName FROM ISVOrder LIMIT 3 TIMESPAN LIFETIME"),
            "\"ExecuteNow\":true,\"CallbackUrl\":\"" + inbox + "\"");
    ada.advance("P4D");
    signIn("ada");
    page.navigate(world.baseUrl() + "/console/#/report/" + report);
    assertThat(heading()).containsText("Daily");
    page.keyboard().press("3");
    Locator row = page.locator("table[aria-label^=Callbacks] > tbody > tr").first();
    assertThat(row).containsText("Failed");
    assertThat(row).containsText("503");
    row.locator("button[aria-expanded]").click();
    assertThat(page.locator("table[aria-label=Attempts] tbody tr")).hasCount(10);
    button("Send again what failed").click();
    assertThat(page.locator(".news")).containsText("1 callback sent again");
    assertThat(row).containsText("11 attempts");
    assertThat(row).containsText("Waiting");
    row.locator("button", new Locator.LocatorOptions().setHasText("Send again")).click();
    assertThat(page.locator(".news")).containsText("It is sent again");
    assertThat(row).containsText("12 attempts");
    assertQuiet();
  }

  @Test
  void theTokenIsInNoAddressAndInNoStorage() {
    report("Orders", 24);
    signIn("ada");
    assertThat(page.locator(".reports tbody tr")).hasCount(1);
    assertThat(
            (String)
                page.evaluate(
                    "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"))
        .doesNotContain("eyJ");
    assertThat(browser.requests()).noneMatch(url -> url.contains("eyJ"));
    page.reload();
    assertThat(page.locator(".reports tbody tr")).hasCount(1);
    button("Sign out").click();
    assertThat(page.locator("h1")).containsText("Reprise");
    page.reload();
    assertThat(button("Sign in")).isVisible();
    assertQuiet();
  }

  @Test
  void aFileThatIsNoLongerKeptIsNoDamagedOne() {
    world.close();
    world = World.in(data, "--set", "results.keep=PT48H");
    ada = world.as("ada");
    String report = report("Orders", 24);
    ada.advance("P1D");
    signIn("ada");
    page.navigate(world.baseUrl() + "/console/#/report/" + report);
    Locator row = page.locator(".ledger tbody tr", named("2026-01-05 10:00"));
    Locator download = row.locator("button", new Locator.LocatorOptions().setHasText("CSV"));
    assertThat(download).isVisible();
    ada.advance("P3D");
    download.click();
    assertThat(page.locator(".news")).containsText("The file was removed at 2026-01-09 06:00");
    assertThat(row).containsText("removed");
    assertThat(download).hasCount(0);
    row.locator("button[aria-expanded]").click();
    assertThat(page.locator(".ledger .more")).containsText("the file is no longer kept");
    assertThat(button("Fetch the file")).hasCount(0);
  }

  @Test
  void whoseTokenIsNotRenewedSignsInAgain() {
    report("Orders", 24);
    signIn("ada");
    assertThat(page.locator(".reports tbody tr")).hasCount(1);
    page.route("**/oauth2/token", route -> refuse(route, 400));
    page.route("**/reprise/v1/**", route -> refuse(route, 401));
    Locator again = page.locator("main [role=alert] button", named("Sign in again"));
    for (String place : new String[] {"c", "r", "c", "r"}) {
      page.waitForResponse(
          "**/reprise/v1/reports*",
          () -> {
            page.keyboard().press("g");
            page.keyboard().press(place);
          });
    }
    assertThat(again).isVisible();
    assertThat(browser.requests()).filteredOn(url -> url.endsWith("/oauth2/token")).hasSize(2);
    page.unroute("**/oauth2/token");
    page.unroute("**/reprise/v1/**");
    again.click();
    assertThat(page.locator(".reports tbody tr")).hasCount(1);
  }

  private static void refuse(Route route, int status) {
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(status)
            .setBody("{\"error\":\"invalid_grant\",\"detail\":\"The token has expired\"}"));
  }

  @Test
  void whoHasNoRoleReadsWhy() {
    signIn("guest");
    assertThat(page.locator("main [role=alert]")).containsText("none of the roles");
    assertThat(page.locator("main [role=alert]")).containsText("FORBIDDEN");
  }

  @Test
  void aServiceThatIsNotReadySaysWhy() {
    page.route(
        "**/health/ready",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(503)
                    .setBody(
                        """
                        {"status":"DOWN","reason":"the disk is full","nodes":[
                          {"name":"one","seen":"2026-01-05T06:00:00Z","leaseUntil":"2126-01-05T06:00:00Z"},
                          {"name":"two","seen":"2026-01-05T05:58:00Z","leaseUntil":"2026-01-05T05:59:00Z"}]}
                        """)));
    signIn("ada");
    page.keyboard().press("g");
    page.keyboard().press("s");
    Locator tile = page.locator(".tiles .card", named("Service"));
    assertThat(tile).containsText("Not ready");
    assertThat(tile).containsText("the disk is full");
    Locator nodes = page.locator(".tiles .card", named("Nodes"));
    assertThat(nodes).containsText("1 of 2 there");
    assertThat(nodes).containsText("two last seen 2026-01-05 05:58");
  }

  @Test
  void ofTenThousandReportsOnlyThoseInSightAreDrawn() {
    page.route("**/reprise/v1/reports*", ConsoleTest::manyRows);
    signIn("ada");
    assertThat(page.locator(".hint")).containsText("10,000 of 10,000");
    assertThat(page.locator("table").getAttribute("aria-rowcount")).isEqualTo("10001");
    assertThat(page.locator(".reports tbody tr").count()).isLessThan(100);
    page.locator(".reports").evaluate("box => box.scrollTop = box.scrollHeight");
    assertThat(page.locator(".reports tbody tr:not(.pad)").last()).containsText("Report 09999");
    page.locator("input[type=search]").fill("report 07771");
    assertThat(page.locator(".reports tbody tr")).hasCount(1);
    assertQuiet();
  }

  private static void manyRows(Route route) {
    String url = route.request().url();
    int skip = url.contains("skip=") ? Integer.parseInt(url.replaceAll(".*skip=", "")) : 0;
    String rows =
        IntStream.range(skip, skip + 1000)
            .mapToObj(i ->
                """
                {"reportId":"00000000-0000-4000-8000-%012d","program":"cmp","name":"Report %05d",
                "user":"ada","dataset":"ISVOrder","format":"csv","interval":24,"status":"active",
                "running":null,"next":"2026-01-06T06:00:00Z","failures":0,"pause":null,"runs":[]}
                """
                    .formatted(i, i))
            .collect(Collectors.joining(","));
    String link = "/reprise/v1/reports?skip=" + (skip + 1000);
    String more = skip < 9000 ? ",\"nextLink\":\"" + link + "\"" : "";
    route.fulfill(
        new Route.FulfillOptions()
            .setContentType("application/json")
            .setBody("{\"reports\":[" + rows + "],\"total\":10000" + more + "}"));
  }

  private void signIn(String client) {
    page.navigate(world.baseUrl() + "/console/");
    page.locator("input[name=client][value=" + client + "]").check();
    button("Sign in").click();
    assertThat(heading()).hasText("Reports");
  }

  private String report(String name, int hours) {
    String query = ada.query("SELECT OfferName FROM ISVOrder LIMIT 3 TIMESPAN LIFETIME");
    return ada.post(
            "/ScheduledReport",
            "{\"ReportName\":\"%s\",\"QueryId\":\"%s\",\"StartTime\":\"%s\",\"RecurrenceInterval\":%d}"
                .formatted(name, query, world.in(4), hours))
        .text("ReportId");
  }

  private Locator heading() {
    return page.locator("main h1");
  }

  private Locator button(String name) {
    return page.locator("main button, header button", named(name)).first();
  }

  private Locator dialogButton(String name) {
    return page.locator("dialog form button, dialog .bar.end button", named(name)).last();
  }

  private Locator choice(String name) {
    return page.locator("dialog .pick", named(name)).first();
  }

  private static Page.LocatorOptions named(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  /// Nothing went wrong in the browser, and nothing was fetched from elsewhere.
  private void assertQuiet() {
    assertThat(browser.faults()).isEmpty();
    assertThat(browser.requests())
        .allMatch(url -> url.startsWith(world.baseUrl()) || url.startsWith("data:"));
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
