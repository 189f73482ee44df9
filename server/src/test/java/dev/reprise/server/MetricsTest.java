package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Prometheus is told.
@Tag("store")
class MetricsTest {
  @TempDir private Path data;

  private static Reply metrics(Api caller) {
    return caller.send("GET", "/metrics", "", List.of());
  }

  private static void shows(Reply metrics, String... lines) {
    assertThat(metrics.body().lines()).contains(lines);
  }

  @Test
  void everyLineIsOneThatPrometheusReads() {
    try (var world = World.in(data)) {
      Reply metrics = metrics(world.as("ada").withToken(Optional.empty()));
      assertThat(metrics.status()).isEqualTo(200);
      assertThat(metrics.response().headers().firstValue("Content-Type"))
          .contains("text/plain; version=0.0.4; charset=utf-8");
      assertThat(metrics.body()).endsWith("\n");
      assertThat(metrics.body().lines())
          .allMatch(line ->
              line.matches(
                  "# HELP [a-z_]+ [^\\n]+|# TYPE [a-z_]+ (counter|gauge)"
                      + "|[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? [0-9]+"));
    }
  }

  @Test
  void otherMethodsAreRefused() {
    Reply reply = World.shared().as("ada-metrics").send("POST", "/metrics", "", List.of());
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.response().headers().firstValue("Allow")).contains("GET");
  }

  @Test
  void reportsExecutionsAndChangesAreCounted() {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String query = ada.query("SELECT OrderId FROM ISVOrder LIMIT 1");
      String daily = "\"StartTime\":\"%s\",\"RecurrenceInterval\":24".formatted(world.in(4));
      String paused = ada.report(query, daily);
      String active = ada.report(query, daily);
      ada.put("/ScheduledReport/pause/" + paused);
      ada.report(query, "\"ExecuteNow\":true");
      ada.advance("P1D");
      shows(
          metrics(ada),
          "reprise_reports{state=\"active\"} 1",
          "reprise_reports{state=\"paused\"} 1",
          "reprise_reports{state=\"inactive\"} 1",
          "reprise_executions_total{outcome=\"completed\"} 2",
          "reprise_executions_total{outcome=\"failed\"} 0",
          "reprise_executions_running 0",
          "reprise_reports_due 0",
          "reprise_reports_late_seconds 0",
          "reprise_changes_total 5", // Three made, one paused, one ended.
          "reprise_nodes 1",
          "reprise_store_queue 0",
          "reprise_watchdog_healed_total 0",
          "reprise_watchdog_differences_total{part=\"wake\"} 0");
      world.core.store.write(dsl -> dsl.execute("update report set wake_at = null"));
      world.core.watchdog.round();
      shows(
          metrics(ada),
          "reprise_watchdog_differences_total{part=\"wake\"} 1",
          "reprise_watchdog_healed_total 1",
          "reprise_watchdog_last_healed_seconds{report=\"%s\"} %d"
              .formatted(active, world.now().getEpochSecond()),
          "reprise_watchdog_checked_total 3",
          "reprise_changes_total 6");
    }
  }

  @Test
  void requestsAreCountedByCallAndStatusAndNotById() {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      for (String id : List.of("a", "b", "00000000-0000-4000-8000-00000000000a")) {
        ada.put("/ScheduledReport/pause/" + id);
      }
      ada.get("/ScheduledReport");
      ada.withToken(Optional.empty()).get("/ScheduledReport");
      ada.send("GET", "/no/such/path", "", List.of());
      Reply metrics = metrics(ada);
      String base = "reprise_http_requests_total{call=\"%s /insights/{version}/{program}";
      shows(
          metrics,
          base.formatted("PUT") + "/ScheduledReport/pause/{reportId}\",status=\"404\"} 3",
          base.formatted("GET") + "/ScheduledReport\",status=\"200\"} 1",
          base.formatted("GET") + "/ScheduledReport\",status=\"401\"} 1",
          "reprise_http_requests_total{call=\"other\",status=\"404\"} 1");
      assertThat(metrics.body()).doesNotContain("00000000-0000-4000");
    }
  }
}
