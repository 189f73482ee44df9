package dev.reprise.server;

import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.Json;
import dev.reprise.server.wire.OtherMethods;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Whether the service lives, and whether it can take requests; for those who watch it.
final class HealthRoutes implements HttpService {
  private final Supplier<Optional<String>> trouble;

  /// @param trouble what keeps the service from its work at the moment, in words for everybody
  HealthRoutes(Supplier<Optional<String>> trouble) {
    this.trouble = trouble;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/health", this::alive)
        .head("/health", this::alive)
        .get("/health/ready", this::ready)
        .head("/health/ready", this::ready)
        .any("/health", OtherMethods.than("GET, HEAD"))
        .any("/health/ready", OtherMethods.than("GET, HEAD"));
  }

  private void alive(ServerRequest request, ServerResponse response) {
    answer(request, response, Optional.empty());
  }

  private void ready(ServerRequest request, ServerResponse response) {
    answer(request, response, trouble.get());
  }

  private static void answer(
      ServerRequest request, ServerResponse response, Optional<String> trouble) {
    response.status(trouble.isEmpty() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    List<Field> fields =
        trouble
            .map(reason -> List.of(new Field("status", "DOWN"), new Field("reason", reason)))
            .orElse(List.of(new Field("status", "UP")));
    byte[] body = Json.object(fields, name -> name);
    if (request.prologue().method().equals(Method.HEAD)) {
      response.contentLength(body.length);
      response.send();
    } else {
      response.send(body);
    }
  }
}
