package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.contract.Document;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rate limit as callers meet it: three requests in three hours, so that none comes back while
/// a test runs.
class RateLimitCallsTest {
  private static final String REPORTS = "/insights/v1/cmp/ScheduledReport";

  @TempDir private static Path data;

  private World world;

  @BeforeEach
  void open() {
    world = World.in(data, "--set", "rate-limit.requests=3", "--set", "rate-limit.window=PT3H");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theFourthRequestIsToldWhenToComeBack() {
    Api ada = world.as("ada");
    assertThat(remaining(ada.get("/ScheduledReport"))).isEqualTo("2");
    assertThat(remaining(ada.get("/ScheduledReport?reportId=nothing"))).isEqualTo("1");
    assertThat(remaining(ada.get("/ScheduledDataset"))).isEqualTo("0");
    Reply refused = ada.get("/ScheduledReport");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.message())
        .startsWith("Rate limit of 3 requests per 10800 seconds exceeded: try again in ");
    assertThat(refused.json()).containsEntry("StatusCode", 429);
    assertThat(remaining(refused)).isEqualTo("0");
    assertThat(refused.response().headers().firstValue("X-RateLimit-Limit")).contains("3");
    assertThat(Long.parseLong(header(refused, "Retry-After"))).isBetween(3_000L, 3_600L);
    String address = "/insights/v1/cmp/swagger/v1/swagger.json";
    Api anybody = ada.withToken(Optional.empty());
    var contract = new Document(anybody.send("GET", address, "", List.of()).json());
    contract.check(contract.operation("GET", "/ScheduledReport"), refused);
    assertThat(remaining(world.as("grace").get("/ScheduledReport"))).isEqualTo("2");
    assertThat(remaining(world.as("ada", "fabrikam").get("/ScheduledReport"))).isEqualTo("2");
  }

  @Test
  void ourOwnCallsAreCountedTooAndRefusedAsProblems() {
    Api ada = world.as("ada");
    for (int i = 0; i < 3; i++) {
      assertThat(ada.send("GET", "/reprise/v1/clock", "", List.of()).status()).isEqualTo(200);
    }
    Reply refused = ada.send("GET", "/reprise/v1/clock", "", List.of());
    assertThat(header(refused, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.json())
        .containsEntry("code", "RATE_LIMIT_EXCEEDED")
        .containsEntry("title", "Too Many Requests")
        .containsEntry("status", 429);
  }

  @Test
  void aFloodOfBadTokensIsLimitedByAddressAndHarmsNobodyWhoIsNamedInThem() {
    Api ada = world.as("ada");
    String[] parts = ada.token().split("\\.", -1);
    Api forger = ada.withToken(Optional.of(parts[0] + "." + parts[1] + ".Zm9yZ2Vk"));
    assertThat(forger.get("/ScheduledReport").status()).isEqualTo(401);
    assertThat(ada.withToken(Optional.empty()).get("/ScheduledReport").status()).isEqualTo(401);
    Reply last = forger.get("/ScheduledReport");
    assertThat(last.status()).isEqualTo(401);
    assertThat(remaining(last)).isEqualTo("0");
    assertThat(forger.get("/ScheduledReport").status()).isEqualTo(429);
    assertThat(remaining(ada.get("/ScheduledReport"))).isEqualTo("2");
  }

  @Test
  void whatNeedsNoTokenIsNotCounted() {
    Api ada = world.as("ada");
    for (String path : List.of("/health", "/health/ready", "/nowhere", "/contoso/discovery/keys")) {
      for (int i = 0; i < 5; i++) {
        Reply reply = ada.send("GET", path, "", List.of());
        assertThat(reply.status()).as(path).isNotEqualTo(429);
        assertThat(reply.response().headers().firstValue("X-RateLimit-Limit")).isEmpty();
      }
    }
  }

  @Test
  void withoutALimitNothingIsSaidAboutOne() {
    Reply reply = World.shared().as("ada-limit").send("GET", REPORTS, "", List.of());
    assertThat(reply.response().headers().firstValue("X-RateLimit-Limit")).isEmpty();
  }

  private static String remaining(Reply reply) {
    return header(reply, "X-RateLimit-Remaining");
  }

  private static String header(Reply reply, String name) {
    return reply.response().headers().firstValue(name).orElse("none");
  }
}
