package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Receiver;
import dev.reprise.server.world.Receiver.Received;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Who may see and do what with callbacks, whom they may reach, and what is kept of them.
@Tag("store")
class CallbackRightsTest extends CallbackFixture {
  @Test
  void addressesThatAreNotPublicAreRefused() {
    for (String url : List.of("http://10.0.0.1/x", "http://169.254.169.254/", "http://[::1]/")) {
      String report = now(url, "POST");
      ada.advance("PT0S");
      assertThat(String.valueOf(list(callback(report), "attempts").getFirst().get("error")))
          .endsWith(" has no public address, and callbacks.allow has none of it");
    }
  }

  @Test
  void othersDoNotSeeThemButAdministratorsOfTheTenantDo() {
    String report = now(receiver.url(), "POST");
    ada.advance("PT0S");
    String id = String.valueOf(callback(report).get("id"));
    assertThat(list(own(admin, "GET", "callbacks?reportId=" + report, ""), "callbacks")).hasSize(1);
    for (Api other : List.of(world.as("grace"), world.as("admin", "fabrikam"))) {
      assertThat(status(other, "GET", "callbacks?reportId=" + report)).isEqualTo(404);
      assertThat(status(other, "POST", "callbacks/" + id + ":replay")).isEqualTo(404);
      assertThat(status(other, "GET", "callbacks/secret?reportId=" + report)).isEqualTo(404);
    }
    assertThat(status(ada, "GET", "callbacks/secret")).isEqualTo(403);
    assertThat(status(ada, "GET", "callbacks/secret?reportId=" + report)).isEqualTo(403);
    assertThat(status(ada, "POST", "callbacks/secret:rotate")).isEqualTo(403);
    assertThat(secrets(own(world.as("admin", "fabrikam"), "GET", "callbacks/secret", "")))
        .isNotEqualTo(secrets(own(admin, "GET", "callbacks/secret", "")));
  }

  private static int status(Api caller, String method, String path) {
    return caller.send(method, "/reprise/v1/" + path, "", List.of()).status();
  }

  @Test
  void bothSecretsSignWhileAnOldOneIsKept() throws Exception {
    String old = secrets(own(admin, "GET", "callbacks/secret", "")).getFirst();
    List<String> both =
        secrets(own(admin, "POST", "callbacks/secret:rotate", "{\"keepOld\":\"PT2H\"}"));
    assertThat(both).hasSize(2).contains(old);
    String report = now(receiver.url(), "POST");
    ada.advance("PT0S");
    Received request = receiver.received().getLast();
    assertThat(request.header("webhook-signature"))
        .isEqualTo(sign(both.getFirst(), request) + " " + sign(old, request));
    ada.advance("PT2H");
    String id = String.valueOf(callback(report).get("id"));
    own(ada, "POST", "callbacks/" + id + ":replay", "");
    ada.advance("PT0S");
    request = receiver.received().getLast();
    assertThat(request.header("webhook-signature")).isEqualTo(sign(both.getFirst(), request));

    List<String> reports =
        secrets(own(ada, "POST", "callbacks/secret:rotate", "{\"reportId\":\"" + report + "\"}"));
    assertThat(reports).hasSize(1).doesNotContainAnyElementsOf(both); // Nor the tenant's.
    assertThat(secrets(own(admin, "GET", "callbacks/secret?reportId=" + report, "")))
        .hasSize(2)
        .contains(both.getFirst());
    assertThat(secrets(own(ada, "GET", "callbacks/secret?reportId=" + report, "")))
        .isEqualTo(reports);
    own(
        ada,
        "POST",
        "callbacks/secret:rotate",
        "{\"reportId\":\"" + report + "\",\"keepOld\":\"PT0S\"}");
    own(ada, "POST", "callbacks/" + id + ":replay", "");
    ada.advance("PT0S");
    request = receiver.received().getLast();
    String own = secrets(own(ada, "GET", "callbacks/secret?reportId=" + report, "")).getFirst();
    assertThat(reports).doesNotContain(own);
    assertThat(request.header("webhook-signature")).isEqualTo(sign(own, request));
  }

  @Test
  void callbacksGoWithTheirReportAndAfterTheTimeForWhichTheyAreKept() {
    receiver.becomes(Receiver.status(500));
    String deleted = now(receiver.url(), "POST");
    receiver.becomes(Receiver.status(200));
    ada.advance("PT0S");
    ada.delete("/ScheduledReport/" + deleted);
    int before = receiver.received().size();
    ada.advance("P1D");
    assertThat(receiver.received()).hasSize(before);
    assertThat(status(ada, "GET", "callbacks?reportId=" + deleted)).isEqualTo(404);
    String kept = now(receiver.url(), "POST");
    ada.advance("P30D");
    assertThat(list(own(ada, "GET", "callbacks?reportId=" + kept, ""), "callbacks")).hasSize(1);
    ada.advance("PT2H");
    assertThat(list(own(ada, "GET", "callbacks?reportId=" + kept, ""), "callbacks")).isEmpty();
  }

  @Test
  void theInboxTakesCallbacksAndChecksTheirSignatures() {
    String inbox = world.baseUrl() + "/reprise/v1/inbox";
    String posted = now(inbox, "POST");
    String got = now(inbox + "?answer=503", "GET");
    ada.advance("PT10S");
    List<Map<String, @Nullable Object>> received =
        list(own(ada, "GET", "inbox?reportId=" + posted, ""), "received");
    assertThat(received).hasSize(1);
    assertThat(received.getFirst()).containsEntry("signed", true).containsEntry("answered", 204);
    assertThat(String.valueOf(received.getFirst().get("body"))).contains(posted);
    assertThat(list(own(ada, "GET", "inbox?reportId=" + got, ""), "received"))
        .hasSize(2)
        .allSatisfy(
            one -> assertThat(one).containsEntry("signed", true).containsEntry("method", "GET"));
    assertThat(callback(got)).containsEntry("state", "waiting");
    assertThat(list(own(world.as("grace"), "GET", "inbox", ""), "received")).isEmpty();
    ada.withToken(Optional.empty())
        .send("POST", "/reprise/v1/inbox/" + posted, "{}", List.of("webhook-id", "x"));
    assertThat(list(own(ada, "GET", "inbox?reportId=" + posted, ""), "received").getFirst())
        .containsEntry("signed", false);
  }

  @Test
  void numbersTellHowCallbacksFare() {
    now(receiver.url(), "POST");
    ada.advance("PT0S");
    receiver.becomes(Receiver.status(500));
    now(receiver.url(), "POST");
    ada.advance("PT1H");
    assertThat(ada.send("GET", "/metrics", "", List.of()).body().lines())
        .contains(
            "reprise_callbacks_total{outcome=\"delivered\"} 1",
            "reprise_callbacks_total{outcome=\"retried\"} 4",
            "reprise_callbacks_waiting 1",
            "reprise_callbacks_oldest_seconds 3600");
  }
}
