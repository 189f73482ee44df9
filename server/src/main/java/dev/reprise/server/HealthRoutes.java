package dev.reprise.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.reprise.server.access.discovery.Issuers;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Whether the service lives, and whether it can take requests; for those who watch it.
///
/// A token issuer that cannot be reached is told of and does not make the service unready: another
/// process of it could not do better.
final class HealthRoutes implements HttpService {
  private static final JsonFactory JSON = new JsonFactory();

  private final BooleanSupplier ready;
  private final Issuers issuers;

  HealthRoutes(BooleanSupplier ready, Issuers issuers) {
    this.ready = ready;
    this.issuers = issuers;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/health", (request, response) -> answer(response, true, List.of()))
        .get("/health/ready", this::ready);
  }

  private void ready(ServerRequest request, ServerResponse response) {
    answer(response, ready.getAsBoolean(), issuers.states());
  }

  private static void answer(ServerResponse response, boolean up, List<Issuers.State> issuers) {
    response.status(up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    response.send(json(up, issuers));
  }

  private static byte[] json(boolean up, List<Issuers.State> issuers) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("status", up ? "UP" : "DOWN");
      if (!issuers.isEmpty()) {
        json.writeArrayFieldStart("issuers");
        for (Issuers.State issuer : issuers) {
          json.writeStartObject();
          json.writeStringField("issuer", issuer.issuer());
          json.writeStringField("status", issuer.usable() ? "UP" : "DOWN");
          if (!issuer.fault().isEmpty()) {
            json.writeStringField("fault", issuer.fault());
          }
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("the state of the service cannot be written", e);
    }
    return bytes.toByteArray();
  }
}
