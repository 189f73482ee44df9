package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Receiver;
import dev.reprise.server.world.Receiver.Received;
import dev.reprise.server.world.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A service of its own, and somebody who is told.
abstract class CallbackFixture {
  private static final List<String> JSON = List.of("Content-Type", "application/json");

  @TempDir private Path data;
  World world;
  Api ada;
  Api admin;
  String query;
  final Receiver receiver = Receiver.that(Receiver.status(204));

  @BeforeEach
  void open() {
    world =
        World.in(data, "--set", "callbacks.allow=127.0.0.1", "--set", "limits.execute-now=1000");
    ada = world.as("ada");
    admin = world.as("admin");
    query = ada.query("SELECT OrderId FROM ISVOrder LIMIT 3");
  }

  @AfterEach
  void close() {
    receiver.close();
    world.close();
  }

  String now(String url, String method) {
    return ada.report(
        query,
        "\"ExecuteNow\":true,\"CallbackUrl\":\"%s\",\"CallbackMethod\":\"%s\""
            .formatted(url, method));
  }

  static Map<String, @Nullable Object> own(Api caller, String method, String path, String body) {
    Reply reply =
        caller.send(method, "/reprise/v1/" + path, body, body.isEmpty() ? List.of() : JSON);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, @Nullable Object>> list(Map<String, @Nullable Object> of, String field) {
    return (List<Map<String, @Nullable Object>>) Optional.ofNullable(of.get(field)).orElseThrow();
  }

  Map<String, @Nullable Object> callback(String report) {
    return list(own(ada, "GET", "callbacks?reportId=" + report, ""), "callbacks").getFirst();
  }

  static List<String> secrets(Map<String, @Nullable Object> answer) {
    return list(answer, "secrets").stream().map(one -> String.valueOf(one.get("secret"))).toList();
  }

  /// As somebody would who has only read the standard.
  static String sign(String secret, Received request) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String text =
        request.header("webhook-id")
            + "."
            + request.header("webhook-timestamp")
            + "."
            + request.body();
    byte[] signed = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(signed);
  }
}
