package dev.reprise.server.access.issuer;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.reprise.server.access.Caller;
import dev.reprise.server.access.TokenRules;
import dev.reprise.server.access.TokenVerifier;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/// The stand-in behind a real server on a free port, on a Monday at six, and a client for it.
final class TokenServer implements AutoCloseable {
  static final Instant MONDAY = Instant.parse("2026-01-05T06:00:00Z");

  final AtomicReference<Instant> now = new AtomicReference<>(MONDAY);
  final TokenVerifier verifier;
  private final AtomicInteger port = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebServer server;

  TokenServer(Path keys) {
    StandIn standIn = StandIn.open(keys, this::baseUrl, now::get);
    verifier = new TokenVerifier(List.of(standIn.trusted()), TokenRules.DEFAULT, now::get);
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(routing -> routing.register(standIn.routes()))
            .build()
            .start();
    port.set(server.port());
  }

  /// An answer of the server.
  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    Map<String, Object> json() {
      try {
        return JSONObjectUtils.parse(response.body());
      } catch (ParseException e) {
        throw new IllegalStateException("not JSON: " + response.body(), e);
      }
    }

    String text(String field) {
      return String.valueOf(json().get(field));
    }
  }

  String baseUrl() {
    return "http://127.0.0.1:" + port.get();
  }

  Answer post(String path, Map<String, String> form, String... headers) {
    return post(path, escaped(form), headers);
  }

  Answer post(String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  Answer get(String path) {
    return send(HttpRequest.newBuilder(URI.create(baseUrl() + path)));
  }

  /// The caller that the access token of an answer stands for.
  Caller caller(Answer answer) {
    return verifier.verify(answer.text("access_token"));
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(client.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new IllegalStateException("the server did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String escaped(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field ->
            field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  @Override
  public void close() {
    client.close();
    server.stop();
  }
}
