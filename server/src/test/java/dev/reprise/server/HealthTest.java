package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Raw;
import dev.reprise.server.world.Reply;
import dev.reprise.server.world.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {
  private static final String UP = "{\"status\":\"UP\"}";

  @TempDir private Path data;

  @Test
  void itIsDownWithTheReasonWhileTheStoreCannotBeWrittenAndUpAgainByItself() throws Exception {
    try (var world = World.in(data);
        var other = Stores.connect(data);
        var statement = other.createStatement()) {
      Api ada = world.as("ada");
      assertThat(ready(ada).body()).isEqualTo(UP);
      statement.execute("begin immediate");
      assertThat(ada.createQuery("SELECT OrderId FROM ISVOrder").status()).isEqualTo(500);
      Reply down = ready(ada);
      assertThat(down.status()).isEqualTo(503);
      assertThat(down.body())
          .isEqualTo(
              "{\"status\":\"DOWN\","
                  + "\"reason\":\"the store cannot be written: another process holds it\"}");
      assertThat(ada.send("GET", "/health", "", List.of()).body()).isEqualTo(UP);
      statement.execute("rollback");
      // Nothing else writes: being asked is what heals it.
      assertThat(Stream.generate(() -> ready(ada).body()).limit(100_000).anyMatch(UP::equals))
          .isTrue();
    }
  }

  @Test
  void movingTheClockIsAnsweredWhenWhatIsDueCannotBeStartedAndGoesOnLater() throws Exception {
    try (var world = World.in(data);
        var other = Stores.connect(data);
        var statement = other.createStatement()) {
      Api ada = world.as("ada");
      String report =
          ada.report(
              ada.query("SELECT OrderId FROM ISVOrder"),
              "\"StartTime\":\"2026-01-05T12:00:00Z\",\"RecurrenceInterval\":4");
      statement.execute("alter table execution rename to elsewhere");
      assertThat(ada.advance("P1D").status()).isEqualTo(500);
      statement.execute("alter table elsewhere rename to execution");
      assertThat(ada.advance("P1D").status()).isEqualTo(200);
      assertThat(ada.completed(report)).isGreaterThan(6);
    }
  }

  @Test
  void aLookAtTheHeadersIsEnough() throws Exception {
    Raw head = Raw.send(World.shared().baseUrl(), "HEAD /health/ready HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Length")).contains("" + UP.length());
    assertThat(head.body() + head.rest()).isEmpty();
  }

  @Test
  void otherMethodsAreRefused() {
    Reply reply = World.shared().as("ada-health").send("POST", "/health", "", List.of());
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.response().headers().firstValue("Allow")).contains("GET, HEAD");
  }

  private static Reply ready(Api caller) {
    return caller.send("GET", "/health/ready", "", List.of());
  }
}
