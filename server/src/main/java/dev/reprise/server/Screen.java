package dev.reprise.server;

import dev.reprise.server.sample.Progress;
import dev.reprise.server.setting.Settings;
import java.io.PrintStream;

/// What the one who starts the service sees.
final class Screen implements Progress {
  private final PrintStream out;

  Screen(PrintStream out) {
    this.out = out;
  }

  @Override
  public void made(String dataset, int done, int total) {
    if (done == 1) {
      out.print("Making sample data ");
    }
    out.print('.');
    if (done == total) {
      out.println(" " + total + " datasets");
    }
    out.flush();
  }

  /// The address, what to try first, and where everything is kept.
  void ready(String baseUrl, Settings settings, Core core) {
    String clock =
        core.testClock
            .map(test -> "the test clock stands at " + test.instant() + " and moves when told to")
            .orElse("the real clock");
    out.printf(
        """
        Reprise %s is ready at %s
        Console %s/console
        Data    %s
        Clock   %s
        """,
        Version.current(), baseUrl, baseUrl, core.data.root(), clock);
    settings.access().issuers().forEach(issuer -> out.println("Tokens  of " + issuer));
    if (settings.access().hasStandIn()) {
      tour(baseUrl);
    } else {
      out.println("Ctrl-C ends the service.");
    }
    out.flush();
  }

  private void tour(String baseUrl) {
    out.printf(
        """

        Try it:
          TOKEN=$(curl -s %s/contoso/oauth2/token -d grant_type=client_credentials \\
            -d client_id=ada -d client_secret=any | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
          curl -s %s/insights/v1/cmp/ScheduledQueries -H "Authorization: Bearer $TOKEN" \\
            -H 'Content-Type: application/json' \\
            -d '{"Name":"Orders","Query":"SELECT OrderId, OfferName FROM ISVOrder TIMESPAN LAST_MONTH"}'
        The README goes on from there. Ctrl-C ends the service.
        """,
        baseUrl, baseUrl);
  }
}
