package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.contract.Document;
import dev.reprise.server.contract.Operation;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.util.List;
import java.util.Optional;

/// The calls on callbacks, against their contract.
final class CallbackContract {
  private static final List<String> JSON = List.of("Content-Type", "application/json");
  private static final List<String> TEXT = List.of("Content-Type", "text/plain");
  private static final String BASE = "/reprise/v1/callbacks";
  private static final String INBOX = "/reprise/v1/inbox";
  private static final String NOBODY = "00000000-0000-4000-8000-00000000000a";
  private static final String LARGE = "{\"x\":\"" + "y".repeat(1 << 20) + "\"}";

  private final Document own;
  private final World world;
  private final Api ada;

  CallbackContract(Document own, World world, Api ada) {
    this.own = own;
    this.world = world;
    this.ada = ada;
  }

  void check() {
    String report =
        ada.report(
            ada.query("SELECT OfferName FROM ISVOrder LIMIT 3"),
            "\"ExecuteNow\":true,\"CallbackUrl\":\"%s\"".formatted(world.baseUrl() + INBOX));
    ada.advance("PT0S");
    String execution = ada.get("/ScheduledReport/execution/" + report).text("ExecutionId");
    checkList(report);
    checkReplay(execution);
    checkReplays(report);
    checkSecrets(report);
    checkInbox(report);
    ada.delete("/ScheduledReport/" + report);
  }

  private void check(Operation operation, int status, Reply reply) {
    assertThat(reply.status()).as(operation.id() + ": " + reply.body()).isEqualTo(status);
    own.check(operation, reply);
  }

  private void strangers(Operation operation, String method, String path) {
    Api anybody = ada.withToken(Optional.empty());
    check(operation, 401, anybody.send(method, path, "", JSON));
    check(operation, 403, world.as("guest").send(method, path, "", JSON));
  }

  private Reply get(String path) {
    return ada.send("GET", path, "", List.of());
  }

  private void checkList(String report) {
    Operation list = own.operation("GET", BASE);
    check(list, 200, get(BASE + "?reportId=" + report));
    check(list, 400, get(BASE));
    check(list, 400, get(BASE + "?reportId=" + report + "&skip=x"));
    check(list, 404, get(BASE + "?reportId=" + NOBODY));
    check(list, 404, get(BASE + "?reportId=none"));
    strangers(list, "GET", BASE);
  }

  private void checkReplay(String execution) {
    String path = BASE + "/" + execution + ":replay";
    Operation replay = own.operation("POST", path);
    assertThat(replay.id()).isEqualTo("replayCallback");
    check(replay, 200, ada.send("POST", path, "", List.of()));
    check(replay, 404, ada.send("POST", BASE + "/" + NOBODY + ":replay", "", List.of()));
    check(replay, 404, ada.send("POST", BASE + "/x:replay", "", List.of()));
    strangers(replay, "POST", path);
    assertThat(ada.send("POST", BASE + "/" + execution, "", List.of()).status()).isEqualTo(404);
    assertThat(ada.send("POST", BASE + "/:replay", "", List.of()).status()).isEqualTo(404);
  }

  private void checkReplays(String report) {
    String path = BASE + ":replay";
    Operation replay = own.operation("POST", path);
    check(replay, 200, post(path, "{\"since\":\"2026-01-05\",\"reportId\":\"" + report + "\"}"));
    check(replay, 400, post(path, "{}"));
    check(replay, 400, post(path, "{\"since\":\"soon\"}"));
    check(replay, 400, post(path, "{\"since\":\"2026-01-05\",\"state\":\"waiting\"}"));
    check(replay, 400, post(path, "{\"sinse\":\"2026-01-05\"}"));
    check(replay, 404, post(path, "{\"since\":\"2026-01-05\",\"reportId\":\"" + NOBODY + "\"}"));
    bodies(replay, path);
  }

  private Reply post(String path, String body) {
    return ada.send("POST", path, body, JSON);
  }

  private void bodies(Operation operation, String path) {
    check(operation, 400, post(path, "[]"));
    check(operation, 400, ada.send("POST", path, "{}", TEXT));
    check(operation, 413, post(path, LARGE));
    strangers(operation, "POST", path);
  }

  private void checkSecrets(String report) {
    String path = BASE + "/secret";
    Operation get = own.operation("GET", path);
    Operation rotate = own.operation("POST", path + ":rotate");
    check(rotate, 200, post(path + ":rotate", "{\"reportId\":\"" + report + "\"}"));
    check(rotate, 400, post(path + ":rotate", "{\"keepOld\":\"P31D\"}"));
    check(rotate, 400, post(path + ":rotate", "{\"keepOld\":\"long\"}"));
    check(rotate, 404, post(path + ":rotate", "{\"reportId\":\"" + NOBODY + "\"}"));
    check(rotate, 403, post(path + ":rotate", "{}"));
    bodies(rotate, path + ":rotate");
    check(get, 200, get(path + "?reportId=" + report));
    check(get, 200, world.as("admin").send("GET", path, "", List.of()));
    check(get, 400, get(path + "?reportId=1&reportId=2"));
    check(get, 403, get(path));
    check(get, 404, get(path + "?reportId=" + NOBODY));
    strangers(get, "GET", path);
  }

  private void checkInbox(String report) {
    Operation list = own.operation("GET", INBOX);
    check(list, 200, get(INBOX + "?reportId=" + report));
    check(list, 400, get(INBOX + "?reportId=1&reportId=2"));
    check(list, 404, get(INBOX + "?reportId=none"));
    strangers(list, "GET", INBOX);
    String path = INBOX + "/" + report;
    Operation receive = own.operation("POST", path);
    check(receive, 204, post(path, "{}"));
    check(receive, 400, post(path + "?answer=100", "{}"));
    check(receive, 404, post(INBOX + "/" + NOBODY, "{}"));
    check(receive, 413, post(path, LARGE));
  }
}
