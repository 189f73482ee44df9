package dev.reprise.server;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.BooleanSupplier;

/// Whether the service lives, and whether it can take requests; for those who watch it.
final class HealthRoutes implements HttpService {
  private final BooleanSupplier ready;

  HealthRoutes(BooleanSupplier ready) {
    this.ready = ready;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/health", (request, response) -> answer(response, true))
        .get("/health/ready", this::ready);
  }

  private void ready(ServerRequest request, ServerResponse response) {
    answer(response, ready.getAsBoolean());
  }

  private static void answer(ServerResponse response, boolean up) {
    response.status(up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    response.send("{\"status\":\"" + (up ? "UP" : "DOWN") + "\"}");
  }
}
