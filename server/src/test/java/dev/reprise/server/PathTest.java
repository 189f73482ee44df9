package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The ways in which a path may be written.
class PathTest {
  private final World world = World.shared();
  private final Api ada = world.as("ada-paths");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/insights/v1/cmp/ScheduledDataset",
        "/INSIGHTS/V1/CMP/SCHEDULEDDATASET",
        "/insights/v1/cmp/scheduleddataset/",
        "/insights/v1/cmp/%53cheduledDataset",
        "/%69nsights/%761%2e1/c%4Dp/%53%43%48eduledDataset",
        "//insights/v1/cmp/ScheduledDataset",
        "/insights//v1.1/cmp///ScheduledDataset//",
        "/Analytics/Cmp/ScheduledDataset",
        "/analytics/%63mp/ScheduledDataset",
      })
  void aPathMayBeEncodedInAnyCasingAndWithMoreSlashes(String path) {
    assertThat(get(path).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/insights/v1/cmp%2FScheduledDataset",
        "/insights%2fv1/cmp/ScheduledDataset",
        "/insights/v1/cmp/ScheduledDataset%2F",
        "/insights/v1/cmp/ScheduledDataset%20",
        "/insights/v1/cmp/%2553cheduledDataset",
        "/insights/v1/cmp/Scheduled+Dataset",
        "/insights/v1/cmp/ScheduledDataset;x=1",
        "/insights/v1/mpn/../cmp/ScheduledDataset",
        "/insights/v1/./cmp/ScheduledDataset",
        "/insights/v1/cmp/ScheduledDataset/x",
        "/insights/v1/cmp",
        "/insights/v1.0/cmp/ScheduledDataset",
        "/analytics/v1/cmp/ScheduledDataset",
      })
  void whatIsAnotherPathOnceDecodedIsNoCall(String path) {
    Reply reply = get(path);
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.message()).startsWith("There is no such call");
  }

  @Test
  void aPathThatIsNoTextIsRefused() {
    Reply reply = get("/insights/v1/cmp/%ff");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).isEqualTo("Bad request: the path is not percent-encoded UTF-8");
  }

  @Test
  void anIdInThePathIsDecodedAndASlashInItIsPartOfIt() {
    String report =
        ada.report(
            ada.query("SELECT OrderId FROM ISVOrder"),
            "\"RecurrenceInterval\":4,\"StartTime\":\"%s\"".formatted(world.in(9)));
    String encoded = "%" + Integer.toHexString(report.charAt(0)) + report.substring(1);
    assertThat(ada.put("/ScheduledReport/pause/" + encoded.toUpperCase(Locale.ROOT)).status())
        .isEqualTo(200);
    assertThat(ada.put("/scheduledreport/RESUME//" + report + "/").status()).isEqualTo(200);
    assertThat(ada.put("/ScheduledReport/pause%2f" + report).status()).isEqualTo(404);
    Reply unknown = ada.put("/ScheduledReport/pause/x%2fy%00");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.message()).startsWith("No item found with given filters: reportId x/y");
  }

  @Test
  void anotherMethodIsToldWhichOnesThereAre() {
    Reply none = ada.send("PATCH", "/insights/v1/cmp/SCHEDULEDREPORT/pause/", "", List.of());
    assertThat(none.status()).isEqualTo(405);
    assertThat(none.response().headers().firstValue("Allow")).contains("PUT, DELETE");
    // The word pause is no id, and so there is no such report.
    assertThat(ada.delete("/ScheduledReport/pause").status()).isEqualTo(404);
    assertThat(ada.delete("/ScheduledReport/").status()).isEqualTo(405);
  }

  private Reply get(String path) {
    return ada.send("GET", path, "", List.of());
  }
}
